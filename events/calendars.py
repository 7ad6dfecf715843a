"""An event as a calendar file (RFC 5545), in one language."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import translation
from icalendar import Calendar, Event

from events.enums import EventStatus

if TYPE_CHECKING:
    from events.models import EventPage

PRODUCT = "-//Sister cities//Events//EN"
STATUSES = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}


def calendar_file(event: "EventPage", code: str) -> bytes:
    """Return the file; the same bytes until the event is published again.

    The identifier is the same in every language, so that importing the other one replaces
    the entry; SEQUENCE rises with each publication, so that a newer file replaces an older.
    """
    with translation.override(code):
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add_component(_entry(event, code))
        calendar.add_missing_timezones()
        return calendar.to_ical()


def sequence(event: "EventPage") -> int:
    """Return a number that rises with every publication: seconds since the first one."""
    if not (event.first_published_at and event.last_published_at):
        return 0
    return int((event.last_published_at - event.first_published_at).total_seconds())


def other_calendars(event: "EventPage") -> list[dict[str, str]]:
    """Return links that open the event in calendars on other sites: label and url."""
    starts_at, ends_at = event.starts_at.astimezone(UTC), event.ends_at.astimezone(UTC)
    google = {
        "action": "TEMPLATE",
        "text": event.title,
        "dates": f"{_compact(starts_at)}/{_compact(ends_at)}",
        "details": event.summary,
        "location": location(event),
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": event.title,
        "startdt": starts_at.isoformat(),
        "enddt": ends_at.isoformat(),
        "body": event.summary,
        "location": location(event),
    }
    return [
        {
            "label": "Google",
            "url": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        },
        {
            "label": "Outlook",
            "url": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
        },
    ]


def location(event: "EventPage") -> str:
    """Return the venues with their addresses, one after the other."""
    places = (", ".join(filter(None, (v.name, v.address))) for v in event.venue_list)
    return "; ".join(filter(None, places))


def _entry(event: "EventPage", code: str) -> Event:
    entry = Event()
    entry.add("uid", f"event-{event.pk}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", _stamp(event))
    entry.add("sequence", sequence(event))
    entry.add("dtstart", event.starts_at.astimezone(event.zone))
    entry.add("dtend", event.ends_at.astimezone(event.zone))
    entry.add("summary", event.title, parameters={"LANGUAGE": code})
    url = event.full_url_in(code) or settings.BASE_URL
    entry.add("description", f"{event.summary or ''}\n\n{url}".strip())
    entry.add("location", location(event))
    entry.add("url", url)
    entry.add("status", STATUSES.get(EventStatus(event.event_status), "CONFIRMED"))
    entry.add("categories", [event.kind_label])
    return entry


def _stamp(event: "EventPage") -> datetime:
    return (event.last_published_at or event.starts_at).astimezone(UTC).replace(microsecond=0)


def _compact(instant: datetime) -> str:
    return f"{instant:%Y%m%dT%H%M%SZ}"
