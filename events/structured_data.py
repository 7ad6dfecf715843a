"""An event as search engines read it: schema.org/Event in JSON."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString

from events.enums import EventStatus, Mode, SignUpState
from partnership.pages.languages import active

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
AVAILABILITY = {
    SignUpState.OPEN: "InStock",
    SignUpState.FULL: "SoldOut",
    SignUpState.NOT_YET: "PreOrder",
    SignUpState.CLOSED: "OutOfStock",
    SignUpState.OVER: "OutOfStock",
}
#: Inside a script element these could end it; as escapes they are the same JSON.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def structured_data(event: "EventPage", state: SignUpState, taken: int) -> SafeString:
    """Return the JSON for a ``<script type="application/ld+json">``, safe inside it."""
    return SafeString(json.dumps(describe(event, state, taken)).translate(ESCAPES))


def describe(event: "EventPage", state: SignUpState, taken: int) -> dict[str, Any]:
    """Return what schema.org calls an Event, in the active language."""
    url = event.full_url_in(active())
    described = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "url": url,
        "startDate": _moment(event, event.starts_at),
        "endDate": _moment(event, event.ends_at),
        "eventStatus": SCHEMA + STATUSES[EventStatus(event.event_status)],
        "eventAttendanceMode": SCHEMA + MODES[event.way_to_be_there],
        "inLanguage": event.spoken,
        "location": _locations(event, url),
    }
    if organisers := _organisers(event):
        described["organizer"] = organisers[0] if len(organisers) == 1 else organisers
    if event.first_date:
        described["previousStartDate"] = _moment(event, event.first_date)
    if event.capacity:
        described["maximumAttendeeCapacity"] = event.capacity
        # What is free while people queue is kept for them, and how many is nobody's business.
        left = 0 if state == SignUpState.FULL else event.places_left(taken)
        described["remainingAttendeeCapacity"] = left
    if event.takes_sign_up and state in AVAILABILITY:
        described["offers"] = _offer(event, state, url)
    return described


def _organisers(event: "EventPage") -> list[dict[str, str]]:
    """Who makes it happen in the words of its page, and the partners that host it."""
    in_words = [{"@type": "Organization", "name": event.hosts}] if event.hosts else []
    partners = [
        {
            "@type": "Organization",
            "name": partner.name,
            "url": partner.website or f"{settings.BASE_URL}{partner.get_absolute_url()}",
        }
        for partner in event.hosting_partners
    ]
    return [*in_words, *partners]


def _offer(event: "EventPage", state: SignUpState, url: str | None) -> dict[str, str]:
    """Return whether a place can be had, and from when until when."""
    offer = {"@type": "Offer", "url": url or "", "availability": SCHEMA + AVAILABILITY[state]}
    if event.sign_up_opens_at:
        offer["validFrom"] = _moment(event, event.sign_up_opens_at)
    return {**offer, "validThrough": _moment(event, event.last_moment)}


def _moment(event: "EventPage", instant: datetime) -> str:
    return instant.astimezone(event.zone).isoformat()


def _locations(event: "EventPage", url: str | None) -> list[dict[str, str]]:
    places = [
        {"@type": "Place", "name": venue.name, "address": venue.address or str(venue.city)}
        for venue in event.venue_list
    ]
    if event.way_to_be_there == Mode.ONLINE:
        places = []
    if event.way_to_be_there != Mode.IN_PERSON:
        places.append({"@type": "VirtualLocation", "url": event.online_url or url or ""})
    return places
