"""The door of an event of thousands reads names, and all else of those on the page alone."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.registrations.admin import forms
from events.registrations.door import parties
from events.registrations.door.services import check_in
from events.registrations.models import Registration
from partnership.people import guests
from tests.factories.cities import city_pair
from tests.factories.door import DOOR, hall, place, read, stands_at_the_door
from tests.factories.events import make_event
from tests.factories.registrations import RegistrationFactory

pytestmark = [pytest.mark.both, pytest.mark.django_db]

MORE = "There are more groups than fit here"


@pytest.fixture
def crowd(monkeypatch):
    """Five groups where three are many, and where there are many the first two are shown."""
    monkeypatch.setattr(parties, "MOST_SHOWN", 3)
    monkeypatch.setattr(parties, "SHOWN_OF_MORE", 2)
    event = hall()
    for name in ("Zoe", "Bea Sol", "Ágata", "Nuria Sol", "Olga Sol"):
        place(event, name, party_size=2)
    return event


def names_on(page):
    return [party.participant.name for party in page.context["parties"]]


def test_the_first_of_the_alphabet_are_shown_and_that_there_are_more(client, crowd):
    stands_at_the_door(client)

    page = client.get(DOOR)

    assert names_on(page) == ["Ágata", "Bea Sol"]
    assert MORE in read(page)
    assert 'data-whole="no"' in read(page)


def test_a_name_is_found_among_all_of_them(client, crowd):
    stands_at_the_door(client)

    few, many = client.get(DOOR, {"q": "zo"}), client.get(DOOR, {"q": "sol"})

    assert (names_on(few), MORE in read(few)) == (["Zoe"], False)
    assert (names_on(many), MORE in read(many)) == (["Bea Sol", "Nuria Sol"], True)


def test_only_those_shown_are_read_in_full(client, crowd):
    host = stands_at_the_door(client)
    for party in Registration.objects.all():
        check_in(party, by=host, mark=uuid4(), people=1)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(DOOR)

    needs = [each["sql"] for each in asked if '"needs"' in each["sql"]]
    assert len(needs) == 1
    assert '"registrations_registration"."id" IN (' in needs[0]
    assert read(page).count("In: 1 of 2") == 2


def test_large_groups_that_are_few_are_all_there(client, monkeypatch):
    monkeypatch.setattr(parties, "MOST_SHOWN", 3)
    monkeypatch.setattr(parties, "SHOWN_OF_MORE", 1)
    event = hall()
    for name in ("Bea", "Ana"):
        place(event, name, party_size=2)
    stands_at_the_door(client)

    page = client.get(DOOR)

    assert names_on(page) == ["Ana", "Bea"]
    assert MORE not in read(page)
    assert 'data-whole="yes"' in read(page)


def test_who_has_no_name_any_more_is_found_by_what_they_are_called(client, crowd):
    told = guests.GuestDetails(email="a@example.org", name="Al", city=None, language_code="en")
    guest = guests.recognise(told)
    RegistrationFactory(event=crowd, participant=guest, city=None)
    guest.contact.delete()
    stands_at_the_door(client)

    assert "<bdi>guest</bdi>" in read(client.get(DOOR, {"q": "guest"}))


def test_places_are_offered_to_the_first_in_line_and_not_to_thousands(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_OFFERED", 2)
    alder, _puerto = city_pair()
    event = make_event(capacity=5, reserved_places=5, cities=[alder])
    line = [
        RegistrationFactory(event=event, status="waiting", participant__resident__name=name)
        for name in ("Ana First", "Bea Second", "Cid Third")
    ]
    may = ("access_admin", "view_registration", "view_people", "manage_places")
    stands_at_the_door(client, alder, may=may, is_staff=True)
    address = reverse("event_places:give", args=(event.pk,))

    page = client.get(address).content.decode()
    beyond = client.post(address, {"chosen": [line[2].pk], "reason": "Helper"})
    client.post(address, {"chosen": [line[1].pk], "reason": "Helper"})

    assert "Bea Second" in page
    assert "Cid Third" not in page
    assert "These are the first in line." in page
    assert beyond.status_code == 422
    assert "These are the first in line." not in client.get(address).content.decode()
    assert Registration.objects.registered().get() == line[1]


def test_the_cities_every_page_knows_are_not_read_again(crowd, django_assert_num_queries):
    alder, puerto = city_pair()
    Registration.objects.update(city=puerto)
    Registration.objects.filter(pk=Registration.objects.first().pk).update(city=alder)

    parties_there = parties.parties_at(crowd, [alder, puerto])

    with django_assert_num_queries(0):
        assert {party.city for party in parties_there} == {alder, puerto}
    assert len({id(party.city) for party in parties_there}) == 2
