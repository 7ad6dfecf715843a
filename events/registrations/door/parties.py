"""The groups at an event as the door sees them: who they are, and whether they are in."""

import unicodedata
from typing import Any

from events.models import EventPage
from events.registrations.models import Arrival, Registration
from events.registrations.room import position_of
from partnership.pages.alphabet import alphabetical

#: Groups on one page of the door; beyond that one looks for a name or a code.
MOST_SHOWN = 1000


def parties_at(event: EventPage) -> list[Registration]:
    """Return the groups with a place in the reader's alphabet, each with ``latest`` (arrival)."""
    standing = Arrival.objects.standing().filter(registration__event=event)
    latest = {
        arrival.registration_id: arrival
        for arrival in standing.select_related("checked_in_by").order_by("arrived_at", "pk")
    }
    found = list(event.registrations.admitted().with_people())
    for party in found:
        party.event = event
        party.latest = latest.get(party.pk)  # type: ignore[attr-defined]  # for the template
    return alphabetical(found, by=name_of)


def waiting_at(event: EventPage) -> list[Registration]:
    """Return who waits, the first in line first: for when a place stays empty."""
    return list(event.registrations.waiting().with_people())


def named(parties: list[Registration], sought: str) -> list[Registration]:
    """Return the groups in whose name or code every word begins something; marks do not count."""
    words = _plain(sought).split()
    return [party for party in parties if _has_all(party, words)]


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


def _has_all(party: Registration, words: list[str]) -> bool:
    found = [*_plain(name_of(party)).split(), party.code.casefold()]
    return all(any(part.startswith(word) for part in found) for word in words)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.replace("-", " ").casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
