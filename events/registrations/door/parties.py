"""The groups at an event as the door sees them: who they are, and whether they are in."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Coalesce

from events.models import EventPage
from events.registrations.models import Arrival, Registration
from events.registrations.room import position_of
from partnership.cities.models import City
from partnership.pages.alphabet import alphabetical
from partnership.people.models import called

#: Groups on one page of the door; beyond that one looks for a name or a code.
MOST_SHOWN = 1000
#: Where there are more, the page is made anew for everybody let in, and nobody scrolls.
SHOWN_OF_MORE = 100


@dataclass(frozen=True, slots=True)
class Name:
    """What a group is found by."""

    pk: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The groups on the page of the door: all of them, those sought, or the first of many."""

    parties: list[Registration]
    is_whole: bool
    has_more: bool = False


def shown_at(event: EventPage, cities: Iterable[City], *, expected: int, sought: str = "") -> Shown:
    """Return what the page of the door shows, where so many people are expected.

    Of an event of thousands it reads the names alone, and all else of those that are shown.
    """
    if expected <= MOST_SHOWN:  # no more groups than people
        everybody = parties_at(event, cities)
        found = [party for party in everybody if _is_named(name_of(party), party.code, sought)]
        return Shown(found, is_whole=not sought)
    names = _names_at(event)
    is_too_long = len(names) > MOST_SHOWN
    named = [each for each in names if _is_named(each.name, each.code, sought)]
    first = alphabetical(named, by=lambda each: each.name)
    first = first[:SHOWN_OF_MORE] if is_too_long else first
    return Shown(
        parties_at(event, cities, only=[each.pk for each in first]),
        is_whole=not (is_too_long or sought),
        has_more=len(named) > len(first),
    )


def _names_at(event: EventPage) -> list[Name]:
    name = Coalesce("participant__resident__name", "participant__contact__name")
    admitted = event.registrations.admitted().order_by()
    rows = admitted.values_list("pk", name, "participant__guest_digest", "code")
    return [Name(pk, called(name, digest), code) for pk, name, digest, code in rows]


def parties_at(
    event: EventPage, cities: Iterable[City], *, only: Collection[int] | None = None
) -> list[Registration]:
    """Return the groups with a place in the reader's alphabet, each with ``latest`` (arrival)."""
    standing = Arrival.objects.standing().filter(registration__event=event)
    admitted = event.registrations.admitted().with_names()
    if only is not None:
        standing, admitted = standing.filter(registration__in=only), admitted.filter(pk__in=only)
    latest = {
        arrival.registration_id: arrival
        for arrival in standing.select_related("checked_in_by").order_by("arrived_at", "pk")
    }
    found = _each_with_its_city(admitted, cities)
    for party in found:
        party.event = event
        party.latest = latest.get(party.pk)  # type: ignore[attr-defined]  # for the template
    return alphabetical(found, by=name_of)


def waiting_at(event: EventPage, cities: Iterable[City]) -> list[Registration]:
    """Return who waits, the first in line first: for when a place stays empty."""
    return _each_with_its_city(event.registrations.waiting().with_names(), cities)


def _each_with_its_city(
    places: Iterable[Registration], cities: Iterable[City]
) -> list[Registration]:
    """Return these, and let them name their cities without asking for thousands of them."""
    known = {city.pk: city for city in cities}
    found = list(places)
    for place in found:
        if place.city_id in known:
            place.city = known[place.city_id]
    return found


def waiting_named(event: EventPage, cities: Iterable[City], sought: str) -> list[Registration]:
    """Return who waits under a name: somebody stands at the door and is not among the expected."""
    if not _plain(sought).split():
        return []
    return [
        each for each in waiting_at(event, cities) if _is_named(name_of(each), each.code, sought)
    ]


def name_of(party: Registration) -> str:
    """What a group is called at the door; a guest whose details are erased has no name."""
    return str(party.participant)


def party_context(registration: Registration) -> dict[str, Any]:
    """What the page of one group at the door shows, whatever its state."""
    arrivals = registration.arrivals.standing().select_related("checked_in_by")
    return {
        "party": registration,
        "event": registration.event,
        "arrivals": list(arrivals),
        "position": position_of(registration),
    }


def _is_named(name: str, code: str, sought: str) -> bool:
    """Whether every word sought begins something in the name or the code; marks do not count."""
    words = _plain(sought).split()
    found = [*_plain(name).split(), code.casefold()] if words else []
    return all(any(part.startswith(word) for part in found) for word in words)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("-", " ").casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
