"""What an entry of a calendar says: once online, its days, its stamp, its state, its address."""

from datetime import UTC, date, time

import pytest

from events.calendars import calendar_file, calendar_of
from events.enums import EventStatus
from events.models import EventPage
from tests.factories.calendars import read_strictly
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, at, in_every_language, make_event

pytestmark = pytest.mark.django_db

HOURS = {"opens_at": time(10), "closes_at": time(18)}


def entries(event):
    return read_strictly(calendar_file(event, "en")).walk("VEVENT")


def show(first, last, **fields):
    event = make_event(starts_at=at(2027, 5, 1, 9), ends_at=at(2027, 5, 30, 9), **fields)
    add_venue(event, city_pair()[0], "Museum", opens_on=first, closes_on=last, **HOURS)
    return event


def test_what_is_online_has_no_days_of_a_venue():
    online = show(date(2027, 5, 1), date(2027, 5, 9), mode="online")

    [entry] = entries(online)

    assert entry["LOCATION"] == "Online"


def test_online_it_is_where_one_joins():
    event = make_event(mode="online", online_url="https://meet.example.org/a")

    [entry] = entries(event)

    assert entry["LOCATION"] == "https://meet.example.org/a"


def test_a_venue_that_is_open_once_repeats_never():
    day = date(2027, 5, 8)

    _whole, once = entries(show(day, day))

    assert "RRULE" not in once
    assert f"{once['DTSTART'].dt:%Y-%m-%d %H:%M}" == "2027-05-08 10:00"


def test_the_last_day_of_a_venue_is_the_last_that_is_repeated():
    _whole, days = entries(show(date(2027, 5, 1), date(2027, 5, 9)))

    [until] = days["RRULE"]["UNTIL"]
    assert until.astimezone(UTC) == at(2027, 5, 9, 9)  # ten o'clock in summer


def test_the_stamp_is_that_of_the_last_time_it_was_published():
    event = make_event()
    EventPage.objects.filter(pk=event.pk).update(last_published_at=at(2026, 1, 2, 3, 4, 5, 678))
    event.refresh_from_db()

    [entry] = entries(event)

    assert entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == at(2026, 1, 2, 3, 4, 5)


def test_the_description_tells_why_it_is_off_and_where_one_joins_online():
    event = make_event(
        event_status=EventStatus.CANCELLED,
        mode="hybrid",
        online_url="https://meet.example.org/a",
        **in_every_language("status_reason", "The hall is flooded."),
    )

    [entry] = entries(event)

    assert entry["DESCRIPTION"].split("\n\n") == [
        "Cancelled: The hall is flooded.",
        "Come and draw.",
        "https://meet.example.org/a",
        event.full_url_in("en"),
    ]


def rules_of(calendar):
    """The years of which a file knows when its clocks change."""
    [zone] = calendar.walk("VTIMEZONE")
    return {
        when.dt.year
        for rule in zone.subcomponents
        for each in [rule.get("RDATE", [])]
        for dates in (each if isinstance(each, list) else [each])
        for when in dates.dts
    } | {rule["DTSTART"].dt.year for rule in zone.subcomponents}


def test_the_rules_of_the_clocks_reach_over_all_events_and_the_days_of_their_venues():
    early = make_event(starts_at=at(2027, 5, 1, 9))
    late = show(date(2030, 5, 1), date(2031, 12, 31))
    events = EventPage.objects.filter(pk__in=[early.pk, late.pk])

    for order in ("pk", "-pk"):
        made = calendar_of(events.for_calendars().order_by(order), "en", name="All", url="/")
        years = rules_of(read_strictly(made))
        assert {2027, 2028, 2029, 2030, 2031} <= years
        assert max(years) < 2035
