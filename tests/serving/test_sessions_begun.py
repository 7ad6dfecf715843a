"""Browsers without a session that send what nobody accepts: how many rows that makes."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from consultations import taking_part
from consultations.enums import Participation
from consultations.models import Admission
from partnership import session_room
from partnership.limits import Limit
from tests.consultations.test_pages import text_of
from tests.factories.consultations import ResidentOfFactory, StatementFactory, make_consultation
from tests.factories.events import make_event
from tests.factories.people import PASSWORD, ResidentFactory

pytestmark = pytest.mark.django_db
SAID = "What you typed could not be kept."


@pytest.fixture
def three(monkeypatch):
    """Three sheets of everybody at an address."""
    limit = Limit("test.begun", per_person=3, per_address=3, seconds=900)
    monkeypatch.setattr(session_room, "BEGUN", limit)


@pytest.fixture
def consultation():
    return make_consultation(participation=Participation.OPEN)


def sent(consultation, client=None, **typed):
    client = client or Client()
    sent = {"text": "A crossing.", "next": consultation.comment_url, **typed}
    return client.post(consultation.sign_in_url, sent, follow=True)


def test_an_address_begins_so_many_sessions_and_is_told(three, consultation):
    answers = [sent(consultation) for _browser in range(6)]

    assert Session.objects.count() == 3
    assert [SAID in text_of(answer) for answer in answers] == [False] * 3 + [True] * 3
    assert {answer.status_code for answer in answers} == {200}


def test_what_is_long_counts_for_more(three, consultation):
    for _browser in range(3):
        sent(consultation, text="x" * 2 * session_room.SHEET)

    assert Session.objects.count() == 1


def test_whoever_has_a_session_is_not_counted(three, consultation):
    client = Client()
    begun = [sent(consultation, client, text=f"{number} crossings.") for number in range(6)]

    assert SAID not in "".join(map(text_of, begun))
    client.force_login(ResidentOfFactory())
    assert "5 crossings." in text_of(client.get(consultation.comment_url))


def test_a_form_of_an_event_counts_as_well(three):
    event = make_event()
    for _browser in range(6):
        Client().post(event.sign_up_url, {"account": "join", "name": "Ana"})

    assert Session.objects.count() == 3


def test_a_made_up_key_of_a_session_is_none(three, consultation):
    for number in range(6):
        client = Client()
        client.cookies["sessionid"] = f"{number}" * 32
        sent(consultation, client)

    assert Session.objects.count() == 3


def test_what_does_not_fit_is_told_too(consultation):
    answer = sent(consultation, text="x" * (session_room.MOST_KEPT + 1))

    assert SAID in text_of(answer)


def days_left() -> int:
    """Of the only session there is, rounded."""
    return round((Session.objects.get().expire_date - timezone.now()) / timedelta(days=1))


def test_what_was_typed_goes_after_a_day_when_nobody_comes_back(client, consultation):
    sent(consultation, client)

    assert days_left() == 1


def test_who_asked_for_a_code_is_forgotten_after_a_day_too(client, consultation):
    statement = StatementFactory(consultation=consultation)
    who = {"name": "Ana", "email": "ana@example.org", "city": "puerto", "choice": "agree"}

    client.post(consultation.vote_url, {**who, "statement": statement.number})

    assert days_left() == 1


def test_whoever_signs_in_then_stays_as_long_as_any(client, consultation):
    resident = ResidentFactory(email="ana@example.org")
    sent(consultation, client)

    client.post("/en/account/sign-in/", {"login": resident.email, "password": PASSWORD})

    assert get_user(client) == resident
    assert days_left() == 14


def test_a_code_of_paper_is_remembered_as_long_as_it_was(rf, consultation):
    request = rf.get("/")
    request.session = SessionStore()
    session_room.keep_briefly(request.session)
    admission = Admission(participant_id=1, consultation=consultation)

    taking_part.remember(request, admission, is_own_device=True)

    assert request.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
