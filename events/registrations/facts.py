"""What people with places must hear about when it changes."""

import hashlib
from datetime import UTC

from events.enums import Mode
from events.models import EventPage, EventVenue
from partnership.pages.languages import field_names

#: Raised when other things become facts: digests of before say nothing then, and nobody is told.
VERSION = "2:"


def digest(event: EventPage) -> str:
    """Return what stands for the facts: when, where, how, and whether it happens at all."""
    is_online = event.way_to_be_there != Mode.IN_PERSON
    facts = (
        event.event_status,
        event.starts_at.astimezone(UTC).isoformat(),
        event.ends_at.astimezone(UTC).isoformat(),
        event.mode,
        sorted(map(_where, event.venue_list)),
        *([event.online_url] if is_online and event.online_url else ()),
    )
    return VERSION + hashlib.sha256(repr(facts).encode()).hexdigest()[len(VERSION) :]


def is_of_before(told: str) -> bool:
    """Whether somebody was told nothing yet, or when other things were facts."""
    return not told.startswith(VERSION)


def _where(venue: EventVenue) -> tuple[str, list[tuple[str, str]]]:
    """Return the words that are written: one more language on the site is no other place."""
    columns = (*field_names("name"), *field_names("address"))
    words = ((column, getattr(venue, column)) for column in columns)
    return venue.city.code, [(column, text) for column, text in words if text]
