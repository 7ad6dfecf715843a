"""Browsers without a session that send what nobody accepts: how many rows that makes."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from consultations.enums import Participation
from partnership import session_room
from partnership.limits import Limit
from tests.consultations.test_pages import text_of
from tests.factories.consultations import ResidentOfFactory, make_consultation
from tests.factories.events import make_event

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
