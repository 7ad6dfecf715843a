"""Where an idea is about, for whoever decides whether readers see it."""

from typing import Any

from django.http import HttpRequest

from consultations.ideas.mapping import map_of_idea
from consultations.models import Contribution


def with_places(request: HttpRequest, cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each card of an idea with a place the map it is on, if it is on one.

    One query for all maps, and none where no idea has a place.
    """
    for card in cards:
        thing = card["thing"]
        if isinstance(thing, Contribution) and thing.point:
            card["place"] = map_of_idea(request, thing)
    return cards
