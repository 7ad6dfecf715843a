"""Where ideas are about: on the maps of the cities, beside the list and on the page of each."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from consultations.ideas.filters import PLACE, IdeaFilters
from consultations.maps.finding import maps_of
from consultations.maps.marks import Mark, drawing_of, marks_on, pin_on
from consultations.maps.models import CityMap
from consultations.models import ConsultationPage, Contribution
from consultations.models.ideas import title_of
from consultations.querysets import ContributionQuerySet
from consultations.translations.reading import reading_of
from partnership.pages.languages import active

#: So many of the newest stand on the maps: more would be no map any more.
MOST_PINS = 300


def maps_with_ideas(
    filters: IdeaFilters, ideas: ContributionQuerySet, url: str
) -> list[dict[str, Any]]:
    """Return each map that one of these ideas is on, with its marks and the same as a list.

    One query for them all; none where no city has a map.
    """
    if not filters.maps:
        return []
    placed = ideas.exclude(latitude=None).order_by("-created_at", "-pk")[:MOST_PINS]
    told = [_told(idea, filters.consultation) for idea in placed]
    shown = [_with_marks(city_map, told, filters, url) for city_map in filters.maps]
    return [each for each in shown if each["marks"]]


def _told(idea: Contribution, consultation: ConsultationPage) -> dict[str, Any]:
    idea.consultation = consultation  # for its address
    reading = reading_of(idea)
    is_foreign = reading.language_code != active()
    return {
        "point": (float(idea.latitude or 0), float(idea.longitude or 0)),
        "title": title_of(reading.text),
        "lang": reading.language_code if is_foreign else "",
        "url": idea.replies_url,
    }


def _with_marks(
    city_map: CityMap, ideas: Sequence[dict[str, Any]], filters: IdeaFilters, url: str
) -> dict[str, Any]:
    on_it = [idea for idea in ideas if pin_on(city_map, idea["point"])]
    numbered = [{**idea, "number": number} for number, idea in enumerate(on_it, 1)]
    marks = marks_on(city_map, [(idea["point"], idea) for idea in numbered])
    return {
        **drawing_of(city_map),
        "marks": [
            {"mark": mark, "url": "" if mark.only else _address_of(mark, filters, url)}
            for mark in marks
        ],
        "ideas": numbered,
    }


def _address_of(mark: Mark, filters: IdeaFilters, url: str) -> str:
    """The list of exactly those that a mark stands for."""
    return f"{url}?{urlencode({**filters.kept, PLACE: mark.square})}"


def map_of_idea(request: HttpRequest, idea: Contribution) -> dict[str, Any] | None:
    """Return the map that an idea is on, with its pin; None for an idea without a place."""
    if idea.latitude is None or idea.longitude is None or idea.is_withdrawn:
        return None
    point = float(idea.latitude), float(idea.longitude)
    for city_map in maps_of(request):
        pin = pin_on(city_map, point)
        if pin:
            return {
                **drawing_of(city_map),
                "pin": pin,
                "written": idea.point,
            }
    return None
