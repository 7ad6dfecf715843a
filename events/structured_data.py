"""An event as search engines read it: schema.org/Event in JSON."""

import json
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from events.enums import EventStatus, Mode
from partnership.pages.languages import CODES, active

if TYPE_CHECKING:
    from events.models import EventPage

SCHEMA = "https://schema.org/"
STATUSES = {
    EventStatus.SCHEDULED: "EventScheduled",
    EventStatus.RESCHEDULED: "EventRescheduled",
    EventStatus.POSTPONED: "EventPostponed",
    EventStatus.CANCELLED: "EventCancelled",
    EventStatus.MOVED_ONLINE: "EventMovedOnline",
}
MODES = {
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
#: Inside a script element these could end it; as escapes they are the same JSON.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def structured_data(event: "EventPage") -> SafeString:
    """Return the JSON for a ``<script type="application/ld+json">``, safe inside it."""
    return SafeString(json.dumps(describe(event)).translate(ESCAPES))


def describe(event: "EventPage") -> dict[str, Any]:
    """Return what schema.org calls an Event, in the active language."""
    url = event.full_url_in(active())
    described = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "startDate": event.starts_at.astimezone(event.zone).isoformat(),
        "endDate": event.ends_at.astimezone(event.zone).isoformat(),
        "eventStatus": SCHEMA + STATUSES[EventStatus(event.event_status)],
        "eventAttendanceMode": SCHEMA + MODES[Mode(event.mode)],
        "inLanguage": list(CODES),
        "location": _locations(event, url),
    }
    if event.hosts:
        described["organizer"] = {"@type": "Organization", "name": event.hosts}
    if event.capacity:
        described["maximumAttendeeCapacity"] = event.capacity
    return described


def _locations(event: "EventPage", url: str | None) -> list[dict[str, str]]:
    places = [
        {"@type": "Place", "name": venue.name, "address": venue.address or str(venue.city)}
        for venue in event.venue_list
    ]
    if event.mode != Mode.IN_PERSON:
        places.append({"@type": "VirtualLocation", "url": url or ""})
    return places
