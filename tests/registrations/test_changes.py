"""Who has a place is told what is new about the event, each time, and of nothing else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.models import EventPage
from events.registrations import facts
from events.registrations.models import Registration
from events.registrations.services import sign_up, timely
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, in_every_language, make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import fresh_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """In one hall, with somebody who has a place."""
    event = make_event()
    add_venue(event, city_pair()[0], "Rope Works", **in_every_language("address", "1 High St"))
    sign_up(event, participant=ParticipantFactory(), form_token=fresh_token())
    return event


def change(event, **facts):
    event = EventPage.objects.get(pk=event.pk)
    for name, value in facts.items():
        setattr(event, name, value)
    event.save()
    return timely.tell_changes()


def told():
    kinds = ("event_changed", "event_cancelled")
    return list(
        OutgoingMail.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True)
    )


def test_who_hears_that_it_is_off_hears_of_which_day(event):
    starts_at = datetime(2099, 5, 15, 9, 0, tzinfo=UTC)
    ends_at = starts_at + timedelta(hours=2)

    change(event, event_status="cancelled", starts_at=starts_at, ends_at=ends_at)

    text = OutgoingMail.objects.get(kind="event_cancelled").text
    assert "It was to begin: Friday 15 May 2099, 10:00 (Alder Bay)" in text


def test_what_is_cancelled_again_is_told_again(event):
    states = ("cancelled", "scheduled", "cancelled")

    counts = [change(event, event_status=state) for state in states]

    assert counts == [1, 1, 1]
    assert told() == ["event_cancelled", "event_changed", "event_cancelled"]


def test_every_move_to_and_fro_is_told(event):
    earlier, later = event.starts_at, event.starts_at + timedelta(hours=1)

    counts = [change(event, starts_at=hour) for hour in (later, earlier, later, earlier)]

    assert counts == [1, 1, 1, 1]
    assert told() == ["event_changed"] * 4


@pytest.mark.parametrize("words", ["name", "address"])
def test_another_name_or_address_of_the_hall_is_told(event, words):
    event.venues.update(**in_every_language(words, "9 Low St"))

    assert [timely.tell_changes(), timely.tell_changes()] == [1, 0]

    assert "9 Low St" in OutgoingMail.objects.get(kind="event_changed").text


def test_one_more_language_of_the_site_is_no_news(event, monkeypatch):
    names = facts.field_names

    monkeypatch.setattr(facts, "field_names", lambda name: (*names(name), f"{name}_fr"))
    for name in ("name_fr", "address_fr"):
        monkeypatch.setattr("events.models.EventVenue." + name, None, raising=False)

    assert timely.tell_changes() == 0


@pytest.mark.parametrize("before", ["", "0" * 64])
def test_who_was_told_when_other_things_were_facts_is_told_of_the_next_change(event, before):
    Registration.objects.update(told=before)

    assert timely.tell_changes() == 0

    assert change(event, event_status="postponed") == 1


@pytest.mark.both
def test_the_same_hour_on_another_clock_is_no_change(event):
    on_another = EventPage.objects.get(pk=event.pk)
    denver = ZoneInfo("America/Denver")
    on_another.starts_at = on_another.starts_at.astimezone(denver)
    on_another.ends_at = on_another.ends_at.astimezone(denver)

    assert facts.digest(on_another) == facts.digest(EventPage.objects.get(pk=event.pk))
