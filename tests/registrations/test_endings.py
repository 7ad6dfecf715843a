"""What became of a place, an offer or a wait is kept, and told wherever one looks for it."""

import pytest
from django.utils import timezone

from events.models import EventPage
from events.registrations.door.refusals import refusal_at_the_door
from events.registrations.enums import Ending
from events.registrations.services import cancel, timely
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import RegistrationFactory

pytestmark = pytest.mark.django_db


def ended(**fields):
    event = make_event()
    gone = {"status": "cancelled", "cancelled_at": timezone.now()}
    return RegistrationFactory(event=event, **gone, **fields)


def test_each_way_out_leaves_its_own_word():
    event = make_event(capacity=1)
    holder = RegistrationFactory(event=event)
    patient, impatient = (RegistrationFactory(event=event, status="waiting") for _n in range(2))

    cancel(impatient)
    EventPage.objects.filter(pk=event.pk).update(sign_up_closes_at=timezone.now())
    timely.close_lists()
    cancel(holder)

    for registration in (holder, patient, impatient):
        registration.refresh_from_db()
    assert [each.ended_as for each in (holder, patient, impatient)] == [
        Ending.GIVEN_BACK,
        Ending.NO_PLACE,
        Ending.LEFT,
    ]
    assert patient.state_label == "No place became free"


def test_an_offer_that_was_not_taken_and_an_event_that_was_cancelled_say_so():
    event = make_event()
    offered = RegistrationFactory(
        event=event, status="offered", offer_expires_at=timezone.now(), told=""
    )
    timely.expire_offers()
    cancelled = make_event()
    waiting = RegistrationFactory(event=cancelled, status="waiting")
    timely.tell_changes()
    EventPage.objects.filter(pk=cancelled.pk).update(event_status="cancelled")
    timely.tell_changes()

    for registration in (offered, waiting):
        registration.refresh_from_db()
    assert (offered.ended_as, waiting.ended_as) == (Ending.OFFER_PASSED, Ending.CALLED_OFF)


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("given_back", "It was given back."),
        ("no_place", "there was no place left for you"),
        ("left", "You have left the waiting list"),
        ("offer_passed", "not taken in time"),
        ("called_off", "The event was cancelled."),
        ("unconfirmed", "Your parent or guardian did not confirm it."),
        ("", "It was given back, or the event had no place for you."),
    ],
)
def test_the_page_of_the_place_says_how_it_ended(client, ending, words):
    page = client.get(ended(ended_as=ending).place_url).content.decode()

    assert words in page


def test_what_staff_gave_back_is_not_called_the_holders_doing(client):
    registration = RegistrationFactory(event=make_event())
    cancel(registration, by=ResidentFactory(), because="Called twice")

    page = client.get(registration.place_url).content.decode()

    assert "The organisers gave it back." in page


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("given_back", "This place was given back on"),
        ("no_place", "the waiting list was closed on"),
        ("left", "the waiting list was left on"),
        ("offer_passed", "offered and not taken in time"),
    ],
)
def test_the_door_says_how_it_ended(ending, words):
    assert words in str(refusal_at_the_door(ended(ended_as=ending)))
