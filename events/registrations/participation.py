"""A resident's places, for the page "My participation"."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.clocks import in_short
from events.registrations.models import Registration
from partnership.cities.former import ask_for_halls, there_at
from partnership.cities.models import City
from partnership.interface import context
from partnership.people.models import Participant


def places(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Every place of the participant, the next event first, given back ones included."""
    own = participant.registrations.select_related("event", "joins_in").order_by(
        "-event__starts_at"
    )
    cities = context.once(request, context.cities)
    ask_for_halls([place.event for place in own], cities)
    return {
        "title": _("Your places"),
        "template": "registrations/my_places.html",
        "rows": [_row(place, cities) for place in own],
    }


def _row(place: Registration, cities: list[City]) -> dict[str, Any]:
    """A place with the clocks it is told on: where they join in, or else everywhere."""
    is_running = place.can_accept and not place.event.is_postponed
    ends_at = place.offer_expires_at if is_running else None
    cities = there_at(place.event, cities)
    until = None if place.event.is_postponed else place.guardian_until
    return {
        "registration": place,
        "clocks": [place.joins_in] if place.joins_in else cities,
        "offer_ends": in_short(ends_at, cities) if ends_at else "",
        "held_until": in_short(until, cities) if until else "",
    }
