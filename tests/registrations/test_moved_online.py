"""What moved online: nobody with a place is sent to the hall, by a mail, a calendar or a list."""

import pytest

from events.calendars import calendar_file
from events.registrations.services import sign_up, timely
from partnership.outbox.models import OutgoingMail
from tests.factories.calendars import read_strictly
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import fresh_token

pytestmark = pytest.mark.django_db
LINK = "https://meet.example/hall"


@pytest.fixture
def event(monkeypatch):
    """In a hall, with somebody who has a place; its mails keep their words."""
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)
    event = make_event(title="Long table")
    add_venue(event, city_pair()[0], "Rope Works")
    sign_up(event, participant=ParticipantFactory(), form_token=fresh_token())
    return event


def moved_online(event):
    event.event_status, event.online_url = "moved_online", LINK
    event.save()
    event.refresh_from_db()


def newest():
    return OutgoingMail.objects.filter(kind="event_changed").latest("pk")


def test_the_mail_leads_to_the_link_and_to_no_hall(event):
    assert "Rope Works" in OutgoingMail.objects.get().text
    moved_online(event)

    assert timely.tell_changes() == 1

    for words in (newest().text, newest().html):
        assert LINK in words
        assert "Rope Works" not in words


def test_another_link_is_told_once(event):
    moved_online(event)
    timely.tell_changes()
    event.online_url = f"{LINK}-2"
    event.save()

    assert [timely.tell_changes(), timely.tell_changes()] == [1, 0]

    assert f"{LINK}-2" in newest().text


def test_the_calendar_and_the_lists_say_the_same(client, event):
    moved_online(event)

    [entry] = read_strictly(calendar_file(event, "en")).walk("VEVENT")

    assert (str(entry["LOCATION"]), entry["SEQUENCE"]) == (LINK, 1)
    for address in ("/en/events/", "/en/events/feed.atom", "/en/events/calendar.ics"):
        assert "Rope Works" not in client.get(address).content.decode()


def test_the_page_of_ones_place_says_where_to_be_as_the_mail_does(client, event):
    address = event.registrations.get().place_url
    before = client.get(address).content.decode()
    moved_online(event)
    after = client.get(address).content.decode()

    assert ["Rope Works" in before, event.calendar_url in before, LINK in before] == [
        True,
        True,
        False,
    ]
    assert ["Rope Works" in after, event.calendar_url in after, LINK in after] == [
        False,
        True,
        True,
    ]


def test_it_tells_nobody_who_only_waits(client, event):
    place = event.registrations.get()
    place.status = "waiting"
    place.save()

    page = client.get(place.place_url).content.decode()

    assert ["Rope Works" in page, event.calendar_url in page] == [False, False]
