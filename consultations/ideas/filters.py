"""Which ideas somebody wants to read, as the address says.

What makes no sense counts as not asked.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from consultations.conversation.querysets import told_from
from consultations.ideas.enums import IdeaOrder
from consultations.ideas.neighbourhoods import neighbourhoods_of
from consultations.maps.finding import maps_of
from consultations.maps.marks import Square, square_of
from consultations.models import ConsultationPage
from consultations.querysets import ContributionQuerySet
from consultations.translations.words_of import words_in_database
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.interface.narrowing import chosen_fields
from partnership.pages.finding import Says
from partnership.pages.languages import CODES, active, own_name
from partnership.pages.words import clean_query, wanted_of

ELSEWHERE = "elsewhere"
WORDS = "q"
PLACE = "place"
#: Degrees within which a place may be rounded over an edge.
BESIDE = 0.0002

#: What a field offers: a value of the address and what it is called.
Choices = list[tuple[str, str]]


class IdeaFilters:
    """Words, city, neighbourhood, language and order, each one if it is one that is offered."""

    def __init__(self, request: HttpRequest, consultation: ConsultationPage) -> None:
        self.consultation = consultation
        self.cities = once(request, cities_of_the_site)
        self.query = clean_query(request.GET.get(WORDS, ""))
        self.maps = maps_of(request)
        self._asked = request.GET

    def chosen(self, name: str) -> str:
        """What was asked of one of the fields; empty for anything that is not offered."""
        asked = self._asked.get(name, "")
        return asked if asked in dict(self.choices[name]) else ""

    @property
    def order(self) -> IdeaOrder:
        """The newest first, unless another order was asked for."""
        return IdeaOrder(self.chosen("order") or IdeaOrder.NEWEST)

    @cached_property
    def choices(self) -> dict[str, Choices]:
        """What each field offers, by its name; no neighbourhoods where there are none."""
        cities = [(city.code, city.name) for city in self.cities]
        parts = [(one.code, f"{one} ({one.city})") for one in neighbourhoods_of(self.consultation)]
        every: dict[str, Choices] = {
            "order": [(each.value, str(each.label)) for each in IdeaOrder],
            "city": [("", pgettext("city", "All")), *cities, (ELSEWHERE, capfirst(_("elsewhere")))],
            "neighbourhood": [("", pgettext("neighbourhood", "All")), *parts],
            "language": [
                ("", pgettext("language", "All")),
                *((code, own_name(code)) for code in CODES),
            ],
        }
        return every if parts else {name: every[name] for name in every if name != "neighbourhood"}

    @cached_property
    def place(self) -> Square | None:
        """The square of a map that was asked for, if there is that map."""
        square = Square.read(self._asked.get(PLACE, ""))
        known = {each.pk for each in self.maps}
        return square if square and square.map_id in known else None

    @property
    def fields(self) -> list[dict[str, Any]]:
        """The fields as their template wants them."""
        labels = {
            "order": _("Order"),
            "city": _("City"),
            "neighbourhood": _("Neighbourhood"),
            "language": _("Written in"),
        }
        return [
            {"name": name, "label": labels[name], "choices": offered, "chosen": self.chosen(name)}
            for name, offered in self.choices.items()
        ]

    @property
    def kept(self) -> dict[str, str]:
        """What the address of this list says; nothing for what everybody sees first."""
        asked = {name: self.chosen(name) for name in self.choices} | {WORDS: self.query}
        asked[PLACE] = str(self.place or "")
        if self.order == IdeaOrder.NEWEST:
            del asked["order"]
        return {name: value for name, value in asked.items() if value}

    @property
    def told(self) -> list[dict[str, str]]:
        """What of it is a word or a choice, each with the address of the list without it."""
        quoted = [{"label": _("“%(words)s”") % {"words": self.query}, "url": self._without(WORDS)}]
        fields = [{**one, "chosen": self.kept.get(one["name"], "")} for one in self.fields]
        return [*(quoted if self.query else []), *chosen_fields(fields, self._without)]

    def _without(self, name: str) -> str:
        kept = {each: value for each, value in self.kept.items() if each != name}
        address = self.consultation.ideas_url
        return f"{address}?{urlencode(kept)}" if kept else address

    @property
    def leading(self) -> str:
        """What the query string of another page of this begins with."""
        return f"{urlencode(self.kept)}&" if self.kept else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether some ideas may be left out."""
        return bool({*self.kept} - {"order"})

    def narrow(self, ideas: ContributionQuerySet) -> ContributionQuerySet:
        """Those of them that were asked for."""
        if city := self.chosen("city"):
            ideas = ideas.filter(city=None) if city == ELSEWHERE else told_from(ideas, city)
        if "neighbourhood" in self.choices and (part := self.chosen("neighbourhood")):
            ideas = ideas.filter(neighbourhood__code=part)
        if language := self.chosen("language"):
            ideas = ideas.filter(language_code=language)
        if self.place:
            ideas = self._within(self.place, ideas)
        wanted = wanted_of(self.query, active())
        return ideas.filter(Says(words_in_database(), wanted)) if wanted else ideas

    def _within(self, square: Square, ideas: ContributionQuerySet) -> ContributionQuerySet:
        """Those in a square, found as the marks of the map are: some may lie right on an edge."""
        city_map = next(each for each in self.maps if each.pk == square.map_id)
        north, west, south, east = square.edges_on(city_map)
        near = ideas.filter(latitude__range=(south - BESIDE, north + BESIDE))
        near = near.filter(longitude__range=(west - BESIDE, east + BESIDE))
        found = near.order_by().values_list("pk", "latitude", "longitude")
        return ideas.filter(
            pk__in=[pk for pk, *point in found if square_of(city_map, point) == square]
        )
