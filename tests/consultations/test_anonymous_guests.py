"""Anonymous answers without an account: the address first, the questions after it, no way back."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.enums import Participation, QuestionType
from consultations.models import AnsweredMark, ConsultationPage, Response, Vote
from consultations.services import ANSWER_ANONYMOUSLY, VOTE
from partnership.people.guests import ASKED, CONFIRMED
from partnership.people.tokens import issue
from tests.consultations.test_guest_answers import code_sent
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation, make_question

pytestmark = pytest.mark.django_db

WHO = {"name": "Ana Olmo", "email": "ana@example.org", "city": "puerto"}
WORDS = "Nearer to the school."


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def consultation() -> ConsultationPage:
    page = make_consultation(is_anonymous=True, participation=Participation.OPEN)
    make_question(page, QuestionType.LONG_TEXT)
    return page


def come_in(client: Any, consultation: ConsultationPage, **more: Any) -> Any:
    client.post(consultation.answer_url, {**WHO, "come_in": "1", **more})
    return client.post(consultation.guest_url, {"code": code_sent()})


def send(client: Any, consultation: ConsultationPage, **more: Any) -> Any:
    token = {"form_token": issue(ANSWER_ANONYMOUSLY), "language_code": "en"}
    return client.post(consultation.answer_url, {"q1": WORDS, **token, **more})


def everything_in_sessions() -> str:
    return str([session.get_decoded() for session in Session.objects.all()])


@pytest.mark.both
def test_a_guest_confirms_the_address_and_then_meets_the_questions(client, consultation):
    before = client.get(consultation.answer_url)
    came_in = come_in(client, consultation)
    form = client.get(came_in.url)
    done = send(client, consultation)

    response = Response.objects.get()
    mark = AnsweredMark.objects.get()
    assert b'name="q1"' not in before.content
    assert "Your answers are anonymous" in text_of(before)
    assert "First we confirm your address" in text_of(before)
    assert came_in.url == consultation.answer_url
    assert b'name="q1"' in form.content
    assert b'name="email"' not in form.content
    assert done.status_code == 302
    assert (response.participant, response.is_anonymous) == (None, True)
    assert (response.city, mark.city) == (city_pair()[1], city_pair()[1])
    assert mark.participant.is_guest


def test_the_same_address_answers_once_and_is_told_so_when_it_comes_back(client, consultation):
    come_in(client, consultation)
    send(client, consultation)
    client.post(consultation.guest_url, {"finish": "1"})

    come_in(client, consultation, name="Anita", email="ANA@example.org")
    again = client.get(consultation.answer_url)
    sent = send(client, consultation, q1="Twice.")

    assert "You have answered" in text_of(again)
    assert b'name="q1"' not in again.content
    assert sent.status_code == 422
    assert "Twice." not in everything_in_sessions()
    assert (Response.objects.count(), AnsweredMark.objects.count()) == (1, 1)


def test_no_answer_ever_lies_beside_an_address(client, consultation):
    client.post(consultation.answer_url, {**WHO, "come_in": "1", "q1": WORDS})
    waiting = everything_in_sessions()
    client.post(consultation.guest_url, {"code": code_sent()})

    assert client.session[CONFIRMED]
    assert "ana@example.org" in waiting
    assert WORDS not in waiting + everything_in_sessions()
    assert not Response.objects.exists()


def test_what_is_wrong_is_said_before_a_code_is_sent(client, consultation):
    refused = client.post(consultation.answer_url, {**WHO, "email": "ana@", "come_in": "1"})

    assert refused.status_code == 422
    assert 'href="#id_email"' in refused.content.decode()
    assert "Ana Olmo" in refused.content.decode()
    assert ASKED not in client.session


def test_a_guest_whose_time_ran_out_gets_the_form_back_and_it_lies_nowhere(client, consultation):
    come_in(client, consultation)
    session = client.session
    session[CONFIRMED] = {**session[CONFIRMED], "until": 0}
    session.save()

    refused = send(client, consultation)

    assert refused.status_code == 422
    assert 'href="#id_language_code' not in refused.content.decode()
    assert WORDS in refused.content.decode()
    assert "this was not counted" in text_of(refused)
    assert WORDS not in everything_in_sessions()
    assert not Response.objects.exists()


def test_coming_in_is_not_told_as_something_that_was_sent(client, consultation):
    client.post(consultation.answer_url, {**WHO, "come_in": "1"})

    code_page = text_of(client.get(consultation.guest_url))
    page = text_of(client.get(consultation.url))

    assert "The questions open as soon as you type the code" in code_page
    assert "not counted yet" not in code_page
    assert "not counted yet" not in page


def test_a_vote_that_is_held_counts_with_the_same_code(client, consultation):
    statement = StatementFactory(consultation=consultation)
    vote = {"statement": statement.number, "choice": "agree", "form_token": issue(VOTE), **WHO}
    client.post(consultation.vote_url, vote)

    come_in(client, consultation)
    send(client, consultation)

    assert Vote.objects.get().participant == AnsweredMark.objects.get().participant
    assert Response.objects.get().participant is None


def test_a_guests_anonymous_form_costs_few_queries(client, consultation):
    come_in(client, consultation)

    with CaptureQueriesContext(connection) as captured:
        sent = send(client, consultation)

    assert sent.status_code == 302
    assert sum("SAVEPOINT" not in query["sql"] for query in captured) == 17
