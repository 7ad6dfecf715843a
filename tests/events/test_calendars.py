"""The calendar file: read back by a reader of calendars."""

from datetime import UTC, date, time, timedelta

import pytest
from dateutil.rrule import rrulestr
from django.test import override_settings

from events.calendars import calendar_file, sequence
from events.enums import EventStatus
from events.models import EventVenue, ExchangePage, FestivalPage
from partnership.cities.models import City
from tests.factories.calendars import read_strictly
from tests.factories.cities import city_pair
from tests.factories.events import (
    add_venue,
    at,
    make_event,
    make_event_index,
    make_past_event,
)

pytestmark = pytest.mark.django_db


def charrette(**fields):
    hours = {"starts_at": at(2027, 5, 15, 9), "ends_at": at(2027, 5, 15, 13)}
    titles = {"title_en": "School street; drawing, day", "title_es": "La calle"}
    return make_event(**{**hours, **titles, **fields})


def entry(event, code="en"):
    calendar = read_strictly(calendar_file(event, code))
    [found] = calendar.walk("VEVENT")
    return found


def test_the_hours_are_told_in_the_zone_of_the_event_with_its_rules():
    event = charrette(time_zone="Europe/Madrid")

    calendar = read_strictly(calendar_file(event, "en"))
    [found] = calendar.walk("VEVENT")

    assert str(calendar["METHOD"]) == "PUBLISH"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Madrid"]
    assert found["DTSTART"].params["TZID"] == "Europe/Madrid"
    assert f"{found['DTSTART'].dt:%Y-%m-%d %H:%M}" == "2027-05-15 11:00"
    assert found["DTSTART"].dt.astimezone(UTC) == event.starts_at
    assert found["DTEND"].dt.astimezone(UTC) == event.ends_at


@pytest.mark.parametrize("starts_at", [at(2027, 3, 27, 22), at(2027, 10, 30, 22), at(2027, 1, 1)])
def test_hours_stay_true_on_either_side_of_a_change_of_clocks(starts_at):
    event = charrette(starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))

    found = entry(event)

    assert found["DTSTART"].dt.astimezone(UTC) == starts_at
    assert found["DTEND"].dt.astimezone(UTC) == starts_at + timedelta(hours=8)


def test_each_language_has_its_words_and_both_are_the_same_entry():
    event = charrette()
    add_venue(event, city_pair()[0], "Rope Works", address_en="12 Quay Street")

    english, spanish = entry(event, "en"), entry(event, "es")

    assert str(english["SUMMARY"]) == "School street; drawing, day"
    assert str(spanish["SUMMARY"]) == "La calle"
    assert str(english["LOCATION"]) == "Rope Works, 12 Quay Street"
    assert str(spanish["URL"]).endswith("/es/eventos/la-calle/")
    assert english["UID"] == spanish["UID"]


def test_the_same_file_until_it_is_published_again_then_a_higher_number():
    event = charrette()
    event.save_revision().publish()
    event.refresh_from_db()
    first, number = calendar_file(event, "en"), sequence(event)

    assert calendar_file(event, "en") == first

    event.starts_at += timedelta(minutes=5)
    event.save_revision().publish()
    event.refresh_from_db()
    assert sequence(event) > number
    assert calendar_file(event, "en") != first


@pytest.mark.parametrize(
    ("change", "rises"),
    [
        ({"body_en": []}, 0),
        ({"capacity": 5}, 0),
        ({"what_to_bring_en": "A pencil", "what_to_bring_es": "Un lápiz"}, 0),
        ({"starts_at": at(2027, 5, 15, 8)}, 1),
        ({"ends_at": at(2027, 5, 15, 14)}, 1),
        ({"event_status": "cancelled"}, 1),
        ({"status_reason_es": "Temporal"}, 1),
        ({"title_es": "Otra calle"}, 1),
        ({"mode": "online"}, 1),
    ],
)
def test_the_number_rises_with_what_an_entry_tells_and_with_nothing_else(change, rises):
    event = charrette()
    before = sequence(event)

    for name, value in change.items():
        setattr(event, name, value)
    event.confirm_wording(is_small_change=True)
    event.save_revision().publish()
    event.refresh_from_db()

    assert sequence(event) - before == rises


@override_settings(TIME_ZONE="America/Denver")
def test_the_number_does_not_rise_with_the_clock_that_instants_are_read_on():
    event = charrette()
    before = sequence(event)

    event.save_revision().publish()
    event.refresh_from_db()

    assert sequence(event) == before


def test_a_draft_changes_no_number_and_an_old_revision_takes_none_back():
    event = charrette()
    old = event.save_revision()
    event.starts_at = at(2027, 5, 15, 8)
    event.save_revision()
    event.refresh_from_db()
    assert sequence(event) == 0

    event.latest_revision.publish()
    old.publish()

    event.refresh_from_db()
    assert event.starts_at == at(2027, 5, 15, 9)
    assert sequence(event) == 2


def test_another_venue_is_told():
    event = charrette()
    event.venues.add(EventVenue(city=city_pair()[0], name_en="Hall", name_es="Sala"))

    event.save_revision().publish()

    event.refresh_from_db()
    assert sequence(event) == 1


def test_cancelling_and_a_new_date_replace_the_entry_instead_of_adding_one():
    event = charrette()
    files = [entry(event)]
    for change in ({"starts_at": at(2027, 5, 15, 8)}, {"event_status": "cancelled"}):
        for name, value in change.items():
            setattr(event, name, value)
        event.save_revision().publish()
        event.refresh_from_db()
        files.append(entry(event))

    calendar = {}
    for found in sorted(files, key=lambda found: found["SEQUENCE"]):
        calendar[found["UID"]] = found

    assert [found["SEQUENCE"] for found in files] == [0, 1, 2]
    [last] = calendar.values()
    assert str(last["STATUS"]) == "CANCELLED"
    assert last["DTSTART"].dt.astimezone(UTC) == at(2027, 5, 15, 8)


def test_the_second_reading_of_an_hour_in_autumn_is_not_taken_for_the_first():
    event = charrette(starts_at=at(2027, 10, 31, 1, 30), ends_at=at(2027, 10, 31, 4))

    written = calendar_file(event, "en").decode()

    assert "DTSTART:20271031T013000Z" in written


def test_each_venue_of_an_exhibition_repeats_on_its_own_days():
    event = charrette()
    alder, puerto = city_pair()
    days = {"opens_on": date(2027, 3, 22), "closes_on": date(2027, 4, 4)}
    hours = {"opens_at": time(10), "closes_at": time(18)}
    add_venue(event, alder, "Museum", weekdays=",6,7,", **days, **hours)
    add_venue(event, puerto, "Casa", weekdays="", **days, **hours)

    calendar = read_strictly(calendar_file(event, "en"))

    _event, museum, casa = calendar.walk("VEVENT")
    assert str(museum["SUMMARY"]) == "School street; drawing, day: Museum"
    assert opening_times(museum) == [
        at(2027, 3, 27, 10),
        at(2027, 3, 28, 9),  # the clocks have gone forward
        at(2027, 4, 3, 9),
        at(2027, 4, 4, 9),
    ]
    assert len(opening_times(casa)) == 14
    assert len({event["UID"] for event in calendar.walk("VEVENT")}) == 3

    event.event_status = EventStatus.MOVED_ONLINE
    moved = read_strictly(calendar_file(event, "en")).walk("VEVENT")
    assert [each["STATUS"] for each in moved] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
    assert [each["UID"] for each in moved] == [each["UID"] for each in calendar.walk("VEVENT")]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 3, 22), date(9999, 12, 31)),
        (date(1, 1, 1), date(2027, 3, 22)),
        (date(9999, 12, 30), date(9999, 12, 31)),
        (date(1, 1, 1), date(1, 1, 2)),
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_days_without_end_do_not_take_the_calendar_down(client, first, last, zone):
    event, city = charrette(), city_pair()[0]
    City.objects.filter(pk=city.pk).update(time_zone=zone)
    hours = {"opens_at": time(0), "closes_at": time(23, 59)}
    add_venue(event, city, "Museum", weekdays="", opens_on=first, closes_on=last, **hours)

    _event, museum = feed(client).walk("VEVENT")

    assert 1900 <= museum["DTSTART"].dt.year <= museum["DTEND"].dt.year <= 2099


@pytest.mark.parametrize("year", [2, 207, 2207, 9998])
def test_an_event_in_a_year_nobody_can_mean_does_not_take_the_calendar_down(client, year):
    charrette()
    far = charrette(starts_at=at(year, 5, 15, 9), ends_at=at(year, 5, 15, 13))

    listed = feed(client).walk("VEVENT")

    assert len(listed) == (2 if year > 2027 else 1)
    assert len(calendar_file(far, "en")) < 20_000


def opening_times(found):
    """What a calendar makes of the rule, in UTC."""
    rule = rrulestr(found["RRULE"].to_ical().decode(), dtstart=found["DTSTART"].dt)
    return [moment.astimezone(UTC) for moment in rule]


def feed(client, address="/en/events/calendar.ics"):
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return read_strictly(response.content)


def summaries(calendar):
    return sorted(str(found["SUMMARY"]) for found in calendar.walk("VEVENT"))


def test_a_feed_holds_what_is_coming_what_was_cancelled_and_what_was_lately(client):
    make_event(title="Coming")
    make_event(title="Cancelled", event_status="cancelled")
    make_past_event(title="Last week")
    make_event(title="Draft", live=False)
    make_event(title="Long ago", starts_at=at(2020, 1, 1))

    calendar = feed(client)

    assert summaries(calendar) == ["Cancelled", "Coming", "Last week"]
    assert str(calendar["X-WR-CALNAME"]) == "Alder Bay & Puerto Almendro"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=festival", ["Lanterns"]),
        ("?city=puerto", ["Year 9"]),
        ("?language=es", ["Lanterns", "Year 9"]),
        ("?language=en", ["Lanterns"]),
        ("?kind=exchange&city=alder", []),
        ("?kind=opera", ["Lanterns", "Year 9"]),
        ("?when=past&free=1&since=2099-01-01", ["Lanterns", "Year 9"]),
    ],
)
def test_a_feed_of_a_kind_a_city_a_language(client, query, found):
    alder, puerto = city_pair()
    add_venue(make_event(FestivalPage, title="Lanterns"), alder)
    make_event(ExchangePage, title="Year 9", cities=[puerto], languages=",es,")

    assert summaries(feed(client, f"/en/events/calendar.ics{query}")) == found


def test_each_language_has_its_feed_and_entries_are_the_same_in_both(client):
    make_event(title_en="School street", title_es="La calle")

    english, spanish = feed(client), feed(client, "/es/eventos/calendario.ics")

    assert summaries(spanish) == ["La calle"]
    [first], [second] = english.walk("VEVENT"), spanish.walk("VEVENT")
    assert first["UID"] == second["UID"]


@pytest.mark.parametrize("many", [1, 3, pytest.param(200, marks=pytest.mark.bench)])
def test_a_feed_costs_the_same_for_any_number(client, django_assert_num_queries, many):
    alder, _puerto = city_pair()
    make_event_index()
    for number in range(many):
        add_venue(make_event(title=f"Event {number}"), alder)
    client.get("/en/events/calendar.ics?other")  # Wagtail keeps the addresses of its sites

    with django_assert_num_queries(5):
        response = client.get("/en/events/calendar.ics")

    assert len(read_strictly(response.content).walk("VEVENT")) == many


def test_the_news_feed_tells_the_clocks_and_what_is_not_as_planned(client):
    make_event(
        title="Lanterns",
        starts_at=at(2099, 5, 15, 9),
        event_status="cancelled",
        status_reason_en="Storm",
    )

    feed = client.get("/en/events/feed.atom").content.decode()

    assert "<title>Cancelled: Lanterns</title>" in feed
    when = "15 May 2099, 10:00 (Alder Bay); 15 May 2099, 11:00 (Puerto Almendro)"
    assert f"Storm\n{when}" in feed
    assert 'hreflang="es"' in feed


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("scheduled", "CONFIRMED"),
        ("rescheduled", "CONFIRMED"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_the_state_of_the_event_reaches_the_calendar(status, told):
    assert str(entry(charrette(event_status=status))["STATUS"]) == told


def test_it_is_sent_as_a_calendar_in_the_language_of_the_address(client):
    event = charrette(title_en="School street")

    response = client.get(event.calendar_url)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="school-street.ics"' in response["Content-Disposition"]
    assert response.content == calendar_file(event, "en")
