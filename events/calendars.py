"""Events as calendar files (RFC 5545), in one language."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from events import years
from events.enums import EventStatus, Mode

if TYPE_CHECKING:
    from events.models import EventPage, EventVenue

PRODUCT = "-//Sister cities//Events//EN"
STATUSES = {EventStatus.CANCELLED: "CANCELLED", EventStatus.POSTPONED: "TENTATIVE"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: How often a subscribed calendar may ask again.
REFRESH = "PT6H"


def calendar_file(event: "EventPage", code: str) -> bytes:
    """Return the file of one event; the same bytes until the event is published again.

    The identifier is the same in every language, so that importing the other one replaces
    the entry; SEQUENCE rises with each change that an entry tells, so that a newer file
    replaces an older.
    """
    return _file([event], code)


def calendar_of(events: "Iterable[EventPage]", code: str, *, name: str, url: str) -> bytes:
    """Return a calendar of several events, which are ``for_calendars``, to subscribe to."""
    found = list(events)
    prefetch_related_objects([event for event in found if event.has_hosting], "hosting")
    return _file(
        found,
        code,
        ("name", name),
        ("x-wr-calname", name),
        ("source", url),
        ("x-published-ttl", REFRESH),
    )


def _file(events: "Iterable[EventPage]", code: str, *about: tuple[str, str]) -> bytes:
    with translation.override(code):
        calendar = Calendar()
        calendar.add("prodid", PRODUCT)
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        for name, value in about:
            calendar.add(name, value)
        found: list[int] = []
        for event in events:
            found += _years(event)
            for entry in _entries(event, code):
                calendar.add_component(entry)
        if found:  # rules for no more years than it takes: they are most of the file
            calendar.add_missing_timezones(date(min(found) - 1, 1, 1), date(max(found) + 2, 1, 1))
        return calendar.to_ical()


def _years(event: "EventPage") -> list[int]:
    """Return the years in which it is on, its venues' own days included."""
    days = [day for venue in event.venue_list for day in (venue.opens_on, venue.closes_on) if day]
    days += [event.starts_at.date(), event.ends_at.date()]
    return [years.within(day).year for day in days]


def sequence(event: "EventPage") -> int:
    """Return a number that rises with each published change that calendars must take over."""
    return event.calendar_sequence


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
            "label": "Google Calendar",
            "url": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        },
        {
            "label": "Outlook",
            "url": f"https://outlook.live.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
        },
    ]


def location(event: "EventPage") -> str:
    """Return the venues with their addresses, one after the other; online nobody goes there."""
    if event.way_to_be_there == Mode.ONLINE:
        return event.online_url or str(Mode.ONLINE.label).capitalize()
    return "; ".join(filter(None, map(_address, event.venue_list)))


def _entries(event: "EventPage", code: str) -> list[Event]:
    """Return the event, then each venue that is open on days of its own.

    Of what was moved online these days are called off: somebody may have them in a calendar.
    """
    if event.mode == Mode.ONLINE:
        return [_entry(event, code)]
    days = [_opening_days(event, venue, code) for venue in event.venue_list]
    found = [entry for entry in days if entry]
    if event.way_to_be_there == Mode.ONLINE:
        for entry in found:
            entry["status"] = "CANCELLED"
    return [_entry(event, code), *found]


def _entry(event: "EventPage", code: str) -> Event:
    entry = _described(event, code, name=f"event-{event.pk}")
    entry.add("dtstart", _moment(event.starts_at, event))
    entry.add("dtend", _moment(event.ends_at, event))
    entry.add("summary", event.title, parameters={"LANGUAGE": code})
    entry.add("location", location(event))
    return entry


def _opening_days(event: "EventPage", venue: "EventVenue", code: str) -> Event | None:
    """Return one entry that repeats on every day the venue is open; None without days."""
    found = venue.first_and_last_opening()
    if found is None:
        return None
    first, last = found
    entry = _described(event, code, name=f"event-{event.pk}-venue-{venue.pk}")
    entry.add("dtstart", first[0])
    entry.add("dtend", first[1])
    if last != first:
        byday = [WEEKDAYS[number - 1] for number in venue.open_weekdays]
        until = last[0].astimezone(UTC)
        entry.add("rrule", {"freq": "weekly", "byday": byday, "until": until})
    entry.add("summary", f"{event.title}: {venue.name}", parameters={"LANGUAGE": code})
    entry.add("location", _address(venue))
    return entry


def _described(event: "EventPage", code: str, *, name: str) -> Event:
    """Return an entry with everything but its time and place."""
    entry = Event()
    entry.add("uid", f"{name}@{urlsplit(settings.BASE_URL).hostname}")
    entry.add("dtstamp", _stamp(event))
    entry.add("last-modified", _stamp(event))
    entry.add("sequence", sequence(event))
    url = event.full_url_in(code) or settings.BASE_URL
    status = ": ".join(filter(None, (event.status_label, event.status_reason)))
    told = (status, event.summary, _hosts(event), event.online_url, url)
    entry.add("description", "\n\n".join(filter(None, told)))
    entry.add("url", url)
    entry.add("status", STATUSES.get(EventStatus(event.event_status), "CONFIRMED"))
    entry.add("categories", [event.kind_label])
    return entry


def _hosts(event: "EventPage") -> str:
    """Return which partners host it; empty for none.

    No ORGANIZER: that is an address programs write to, and partners give none.
    """
    partners = event.hosting_partners
    names = get_text_list([f"{each} ({each.get_kind_display()})" for each in partners], _("and"))
    return _("Hosted by %(names)s") % {"names": names} if partners else ""


def _moment(instant: datetime, event: "EventPage") -> datetime:
    """Return the instant on the event's clock.

    A reading that the clock shows twice in autumn means its first time in a calendar file:
    the second is written in UTC.
    """
    local = instant.astimezone(event.zone)
    return instant.astimezone(UTC) if local.fold else local


def _stamp(event: "EventPage") -> datetime:
    return (event.last_published_at or event.starts_at).astimezone(UTC).replace(microsecond=0)


def _address(venue: Any) -> str:
    return ", ".join(filter(None, (venue.name, venue.address)))


def _compact(instant: datetime) -> str:
    return f"{instant:%Y%m%dT%H%M%SZ}"
