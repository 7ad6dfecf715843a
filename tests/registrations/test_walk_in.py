"""Somebody who has no place and no address is entered by whoever stands at the door."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import EventPage
from events.registrations.door.refusals import DoorNotOpenYet
from events.registrations.door.services import welcome
from events.registrations.models import Registration
from events.registrations.refusals import (
    EventCancelled,
    EventOver,
    EventPostponed,
    NoPlaceLeft,
    SignUpNotNeeded,
)
from events.registrations.services import enter
from events.registrations.services.by_hand import PURPOSE
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.models import GuestContact
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.factories.cities import city_pair
from tests.factories.door import hall, read, stands_at_the_door
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db

NEW = "/en/events/hall/door/new/"
OVER = {
    "starts_at": timezone.now() - timedelta(hours=3),
    "ends_at": timezone.now() - timedelta(hours=2),
}


def entered(event, **told):
    values = {"name": "Ana Olmo", "city": city_pair()[0], "language_code": "en", "party_size": 1}
    token = told.pop("form_token", None) or issue(PURPOSE)
    host = told.pop("by", None) or ResidentFactory()
    return enter(event, by=host, form_token=token, **{**values, **told})


def test_they_have_a_place_with_a_code_and_nobody_is_written_to():
    host, event = ResidentFactory(), hall(capacity=2)

    place = entered(event, by=host, party_size=2)

    place = Registration.objects.with_people().get(pk=place.pk)
    assert (place.status, place.party_size, place.city) == ("registered", 2, city_pair()[0])
    assert (str(place.participant), place.participant.email) == ("Ana Olmo", "")
    assert place.promoted_by == host
    assert not OutgoingMail.objects.exists()


def test_who_gives_no_name_has_none():
    place = entered(hall(), name=" ")

    assert not GuestContact.objects.exists()
    assert str(place.participant) == "guest"


@pytest.mark.both
def test_the_name_is_forgotten_when_the_event_is_long_over():
    event = hall()
    entered(event)
    guests.forget_contacts()
    assert GuestContact.objects.exists()

    long_ago = timezone.now() - timedelta(days=400)
    EventPage.objects.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    GuestContact.objects.update(keep_until=long_ago)
    guests.forget_contacts()

    assert not GuestContact.objects.exists()


def test_a_place_kept_back_is_given_when_no_other_is_left():
    event = hall(capacity=2, reserved_places=1)

    free, kept_back = entered(event), entered(event)

    assert (free.from_reserve, kept_back.from_reserve) == (False, True)
    with pytest.raises(NoPlaceLeft):
        entered(event)


@pytest.mark.both
def test_a_form_sent_twice_counts_once():
    event, token = hall(), issue(PURPOSE)
    entered(event, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        entered(event, form_token=token)

    assert event.registrations.count() == 1


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"event_status": "cancelled"}, EventCancelled),
        ({"event_status": "postponed"}, EventPostponed),
        ({"takes_sign_up": False}, SignUpNotNeeded),
        (OVER, EventOver),
    ],
)
def test_there_is_no_place_where_nobody_gets_one(facts, refusal):
    event = hall()
    for name, value in facts.items():
        setattr(event, name, value)
    event.save()

    with pytest.raises(refusal):
        entered(event)


def test_after_the_sign_up_has_closed_they_are_entered_all_the_same():
    event = hall(sign_up_closes_at=timezone.now() - timedelta(days=1))

    assert entered(event).is_registered


@pytest.mark.both
def test_who_cannot_be_let_in_yet_gets_no_place_by_that():
    event = hall()
    later = timezone.now() + timedelta(days=9)
    EventPage.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))
    event = EventPage.objects.get(pk=event.pk)
    told = {"name": "", "city": None, "language_code": "en", "party_size": 1}

    with pytest.raises(DoorNotOpenYet):
        welcome(event, by=ResidentFactory(), mark=uuid4(), form_token=issue(PURPOSE), **told)

    assert not event.registrations.exists()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_four_doors_one_gives_the_last_place(run_in_threads):
    event, hosts = hall(capacity=1), [ResidentFactory() for _door in range(4)]
    city_pair()

    outcomes = run_in_threads(lambda number: entered(event, by=hosts[number]), times=4)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        *("NoPlaceLeft", "NoPlaceLeft", "NoPlaceLeft"),
        "Registration",
    ]
    assert event.registrations.count() == 1


# The page ----------------------------------------------------------------------------------------


def sent(client, **values):
    page = client.get(NEW)
    token = page.context["form"]["form_token"].value()
    given = {"name": "Ana Olmo", "city": "", "party_size": "2", "is_here": "on", "mark": uuid4()}
    return client.post(NEW, {"form_token": token, **given, **values}, follow=True)


@pytest.mark.both
def test_whoever_stands_there_is_entered_and_let_in_with_one_form(client):
    event = hall()
    stands_at_the_door(client)
    assert NEW in client.get("/en/events/hall/door/").content.decode()

    page = read(sent(client))

    place = Registration.objects.get()
    assert (place.event_id, place.arrived, place.city) == (event.pk, 2, None)
    assert "Ana Olmo has a place." in page
    assert place.code_in_groups in page


@pytest.mark.both
def test_who_phones_has_a_place_and_is_not_in(client):
    hall()
    stands_at_the_door(client)

    sent(client, is_here="")

    assert Registration.objects.get().arrived == 0


def test_what_is_refused_is_said_and_what_was_typed_stays(client):
    event = hall(capacity=3)
    RegistrationFactory(event=event, party_size=2)
    stands_at_the_door(client)

    response = sent(client)

    page = read(response)
    assert response.status_code == 422
    assert "There is room for 1 person more." in page
    assert 'value="Ana Olmo"' in page
    assert 'value="2"' in page


@pytest.mark.parametrize("people", ["", "0", "-1", "31", "x", "1e9"])
def test_no_number_of_people_is_said_beside_the_field(client, people):
    hall()
    stands_at_the_door(client)

    response = sent(client, party_size=people)

    assert response.status_code == 422
    assert "party_size" in response.context["form"].errors
    assert not Registration.objects.exists()


def test_others_are_kept_out(client):
    alder, puerto = city_pair()
    hall(cities=[puerto])
    address = reverse("event_door_walk_in", args=("hall",))

    assert client.get(NEW).status_code == 302
    stands_at_the_door(client, alder)
    assert client.get(address).status_code == 403
    stands_at_the_door(client, puerto, may=("view_registration",))
    assert client.get(NEW).status_code == 403
