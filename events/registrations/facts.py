"""What people with places must hear about when it changes."""

import hashlib

from events.enums import Mode
from events.models import EventPage
from partnership.pages.languages import field_names


def digest(event: EventPage) -> str:
    """Return what stands for the facts: when, where, how, and whether it happens at all."""
    venues = sorted(
        (venue.city.code, *(getattr(venue, name) or "" for name in field_names("name")))
        for venue in event.venue_list
    )
    is_online = event.way_to_be_there != Mode.IN_PERSON
    facts = (
        event.event_status,
        event.starts_at.isoformat(),
        event.ends_at.isoformat(),
        event.mode,
        venues,
        *([event.online_url] if is_online and event.online_url else ()),
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()
