"""What people read on the way to a place and back: a turn is no place, and some are not all."""

import re

import pytest

from events.registrations.services import CHANGE
from partnership.cities.models import City
from partnership.people import tokens
from tests.factories.events import add_venue
from tests.factories.registrations import RegistrationFactory
from tests.registrations.test_guests import CODE, FORM, code_sent, hall, link_in, signed_up, typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def test_who_can_only_wait_is_promised_no_place_on_the_way(client):
    RegistrationFactory(event=hall(capacity=2), party_size=2)

    form = client.get(FORM).content.decode()
    client.post(FORM, typed())
    code = client.get(CODE).content.decode()
    own = client.post(CODE, {"code": code_sent()}, follow=True).content.decode()

    assert "<title>Join the waiting list: Hall" in form
    assert "No account needed. We write to you when a place is free; you can leave" in form
    assert "give back your place" not in form
    assert "Confirm and join the waiting list" in code
    assert "take my place" not in code
    assert "<title>My turn in line" in own
    assert ">My turn in line</h1>" in own


def test_who_finds_room_is_told_of_a_place(client):
    hall(capacity=5)
    client.post(FORM, typed())

    assert "Confirm and take my place" in client.get(CODE).content.decode()
    own = client.post(CODE, {"code": code_sent()}, follow=True).content.decode()

    assert ">My place</h1>" in own
    assert "What you told us you need<br><strong>A ramp" in own


def test_the_form_comes_before_the_clocks_of_both_cities(client):
    hall()

    page = client.get(FORM).content.decode()

    assert page.index('name="party_size"') < page.index('class="clocks"')


def test_ones_own_venue_comes_first(client):
    event = hall(capacity=5)
    for city in City.objects.all():
        add_venue(event, city)
    signed_up(client, joins_in="puerto")
    link = link_in("registration_confirmed")

    order = re.findall(r'class="clock clock-(\w)"', client.get(link).content.decode())
    client.post(f"{link}change/", {**typed(joins_in="alder"), "form_token": tokens.issue(CHANGE)})
    turned = re.findall(r'class="clock clock-(\w)"', client.get(link).content.decode())

    assert len(order) == 2
    assert turned == order[::-1]


def test_who_gives_back_a_group_learns_how_to_give_back_some(client):
    hall(capacity=5)
    signed_up(client, party_size="3")
    link = link_in("registration_confirmed")

    asked = client.get(f"{link}give-back/").content.decode()
    choices = {"party_size": "1", "language_code": "en", "form_token": tokens.issue(CHANGE)}
    client.post(f"{link}change/", choices)
    alone = client.get(f"{link}give-back/").content.decode()

    assert "Yes, give 3 places back" in asked
    assert f'href="{link}change/">Change how many you are' in asked
    assert f'href="{link}">No, leave it as it is' in asked
    assert "Yes, give it back" in alone
    assert "Change how many you are" not in alone
