"""Forty instants in two zones: page, mail, calendar file and JSON-LD name the same ones."""

import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.calendars import calendar_file
from events.registrations.mail import confirmation
from partnership.outbox import letters
from tests.factories.calendars import by_its_own_rules, read_strictly
from tests.factories.cities import city_pair
from tests.factories.events import at, make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

ZONES = ("Europe/London", "Europe/Madrid")
#: What clocks stumble over; both zones change theirs at 01:00 UTC.
INSTANTS = (
    at(2027, 3, 28, 0, 59, 59),  # the last second before the gap
    at(2027, 3, 28, 1),  # the first after it
    at(2027, 3, 28, 1, 30),
    at(2027, 3, 27, 23),
    at(2027, 10, 31, 0, 30),  # read once before the fold
    at(2027, 10, 31, 1),  # the hour that comes again
    at(2027, 10, 31, 1, 30),
    at(2027, 10, 31, 1, 59, 59),
    at(2027, 10, 31, 2),
    at(2027, 6, 30, 22),  # midnight in Madrid in summer
    at(2027, 6, 30, 23),  # midnight in London in summer
    at(2027, 1, 15, 0),  # midnight in London in winter
    at(2027, 1, 14, 23),  # midnight in Madrid in winter
    at(2027, 12, 31, 22, 59, 59),
    at(2027, 12, 31, 23),  # the new year in Madrid
    at(2027, 12, 31, 23, 59, 59),
    at(2028, 1, 1),
    at(2028, 2, 29, 9),
    at(2028, 2, 28, 23, 30),  # 29 February in Madrid only
    at(2028, 2, 29, 23, 30),  # 1 March in Madrid only
)
TABLE = [(zone, instant) for zone in ZONES for instant in INSTANTS]
LASTS = timedelta(hours=3)


def test_there_are_forty_cases():
    assert len(set(TABLE)) == 40


@pytest.mark.parametrize(("zone", "instant"), TABLE)
def test_page_mail_calendar_and_search_engines_agree_to_the_second(client, zone, instant):
    alder, puerto = city_pair()
    event = make_event(starts_at=instant, ends_at=instant + LASTS, time_zone=zone)
    page = client.get(event.url_in("en")).content.decode()

    calendar = read_strictly(calendar_file(event, "en"))
    [entry] = calendar.walk("VEVENT")
    words, attached = mail(event)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1)
    described = json.loads(block)

    assert entry["DTSTART"].dt.astimezone(UTC) == instant
    assert entry["DTEND"].dt.astimezone(UTC) == instant + LASTS
    assert by_its_own_rules(calendar, entry, "DTSTART") == instant
    assert by_its_own_rules(calendar, entry, "DTEND") == instant + LASTS
    assert attached == calendar_file(event, "en")
    assert datetime.fromisoformat(described["startDate"]) == instant
    assert datetime.fromisoformat(described["endDate"]) == instant + LASTS
    for city in (alder, puerto):
        local = instant.astimezone(ZoneInfo(city.time_zone))
        until = (instant + LASTS).astimezone(ZoneInfo(city.time_zone))
        for shown in (local, until):
            assert f'<time datetime="{shown.isoformat()}">' in page
        assert f"{city.name}: {local:%A %-d %B %Y}, {local:%H:%M}" in words


def mail(event):
    """The confirmation, as its receiver reads it, and the calendar file it brings."""
    letter = confirmation(RegistrationFactory(event=event))
    [calendar] = [content for _n, content, kind in letter["attachments"] if "calendar" in kind]
    return letters.write("place", language_code="en", context=letter["context"]).text, calendar
