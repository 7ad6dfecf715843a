"""The calendar file: read back by a reader of calendars."""

from datetime import UTC, timedelta

import pytest
from icalendar import Calendar

from events.calendars import calendar_file, sequence
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, at, make_event

pytestmark = pytest.mark.django_db


def charrette(**fields):
    hours = {"starts_at": at(2027, 5, 15, 9), "ends_at": at(2027, 5, 15, 13)}
    titles = {"title_en": "School street; drawing, day", "title_es": "La calle"}
    return make_event(**{**hours, **titles, **fields})


def entry(event, code="en"):
    calendar = Calendar.from_ical(calendar_file(event, code))
    [found] = calendar.walk("VEVENT")
    return found


def test_the_hours_are_told_in_the_zone_of_the_event_with_its_rules():
    event = charrette(time_zone="Europe/Madrid")

    calendar = Calendar.from_ical(calendar_file(event, "en"))
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

    event.last_published_at += timedelta(minutes=5)
    assert sequence(event) > number
    assert calendar_file(event, "en") != first


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
