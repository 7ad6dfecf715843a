"""A mail about a place says in which city one joins, and names the hall there first."""

import pytest

from events.registrations.services import sign_up
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.events import add_venue, make_event
from tests.factories.people import ParticipantFactory
from tests.factories.registrations import fresh_token

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """The mails keep their words."""
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def mail_to_somebody(*halls, joins_in=None, **fields):
    event = make_event(title="Long table", **fields)
    for city, name in zip(city_pair(), halls, strict=False):
        add_venue(event, city, name)
    sign_up(event, participant=ParticipantFactory(), joins_in=joins_in, form_token=fresh_token())
    return OutgoingMail.objects.get()


@pytest.mark.parametrize("own", [0, 1])
def test_the_city_they_join_in_is_said_and_its_hall_comes_first(own):
    cities, halls = city_pair(), ("Rope Works", "Fish Market")

    mail = mail_to_somebody(*halls, joins_in=cities[own])

    for words in (mail.text, mail.html):
        assert f"You join in {cities[own].name}." in words
        assert words.index(halls[own]) < words.index(halls[1 - own])
        clocks = words[: words.index("You join in")]
        assert clocks.index(cities[own].name) < clocks.index(cities[1 - own].name)


def test_where_there_is_no_choice_nothing_is_said_about_it():
    mail = mail_to_somebody("Rope Works", joins_in=city_pair()[0])

    assert "Rope Works" in mail.text
    assert "You join in" not in mail.text + mail.html


def test_whoever_chose_no_city_reads_the_halls_in_their_order():
    mail = mail_to_somebody("Rope Works", "Fish Market")

    assert "You join in" not in mail.text + mail.html
    assert mail.text.index("Rope Works") < mail.text.index("Fish Market")


def test_what_is_online_only_is_joined_in_no_city():
    online = {"online_url": "https://meet.example/hall", "event_status": "moved_online"}

    mail = mail_to_somebody("Rope Works", "Fish Market", joins_in=city_pair()[1], **online)

    assert "You join in" not in mail.text + mail.html
