"""An account that was closed takes part no more: not as a guest with its address either."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from consultations.enums import Participation
from consultations.models import Vote
from consultations.services import vote
from consultations.taking_part import acting, purpose_of
from events.registrations.models import Registration
from partnership.people import guests
from partnership.people.guests import AccountClosed, AddressHasAccount, GuestDetails
from partnership.people.models import Participant
from tests.factories.consultations import StatementFactory, make_consultation
from tests.factories.events import make_event
from tests.factories.people import ResidentFactory
from tests.factories.registrations import fresh_token
from tests.people.conftest import code_in_newest_mail

ADDRESS = "ana@example.org"
CLOSED = "This account is closed."
TOLD = {"name": "Ana", "city": None, "language_code": "en"}


@pytest.fixture
def closed():
    return ResidentFactory(email=ADDRESS, is_active=False)


def asked(purpose="test"):
    session = SessionStore()
    guests.ask(session, GuestDetails(email=ADDRESS, **TOLD), purpose=purpose)
    return session


def test_its_address_makes_no_guest(closed):
    with pytest.raises(AccountClosed):
        guests.confirm(asked(), purpose="test", code=code_in_newest_mail())

    assert not Participant.objects.exists()


def test_who_voted_before_counts_no_second_time(client, closed):
    consultation = make_consultation(participation=Participation.OPEN)
    statement = StatementFactory(consultation=consultation)
    vote(statement, participant=Participant.objects.of(closed), choice="agree")
    who = {"name": "Ana", "email": ADDRESS, "city": "puerto", "choice": "disagree"}

    client.post(consultation.vote_url, {**who, "statement": statement.number})
    answer = client.post(consultation.guest_url, {"code": code_in_newest_mail()})

    assert (answer.status_code, CLOSED in answer.content.decode()) == (422, True)
    assert list(Vote.objects.values_list("choice", flat=True)) == ["agree"]


def test_no_place_is_taken_with_its_address(client, closed):
    event = make_event()
    told = {"name": "Ana", "email": ADDRESS, "city": "puerto", "party_size": "1"}
    code = client.post(
        event.sign_up_url, {**told, "language_code": "en", "form_token": fresh_token()}
    )

    answer = client.post(code["Location"], {"code": code_in_newest_mail()})

    assert (answer.status_code, CLOSED in answer.content.decode()) == (422, True)
    assert not Registration.objects.exists()


def test_who_asks_what_is_held_is_led_to_the_account(closed):
    with pytest.raises(AddressHasAccount):
        guests.confirm_known(asked(), purpose="test", code=code_in_newest_mail())


def test_it_is_over_in_a_browser_that_confirmed_the_address_before(rf):
    consultation = make_consultation(participation=Participation.OPEN)
    resident = ResidentFactory(email=ADDRESS)
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), asked(purpose_of(consultation))
    guests.confirm(request.session, purpose=purpose_of(consultation), code=code_in_newest_mail())
    resident.is_active = False
    resident.save()

    again = guests.confirmed(request.session, purpose=purpose_of(consultation), email=ADDRESS)

    assert again is None
    assert acting(request, consultation) is None
