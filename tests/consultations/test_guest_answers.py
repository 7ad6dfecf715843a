"""Answering without an account: the address is confirmed first, and everybody counts once."""

import re
from typing import Any

import pytest
from django.contrib.auth import get_user

from consultations import tallies
from consultations.enums import Participation, QuestionType
from consultations.models import Answer, ConsultationPage, PersonTakingPart, Response
from consultations.refusals import AccountNeeded
from consultations.services import ANSWER, answer, vote
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.models import Participant
from partnership.people.tokens import issue
from tests.consultations.test_pages import text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ResidentOfFactory,
    StatementFactory,
    make_consultation,
    make_question,
)
from tests.factories.hostile import KINDS, each_alone, harmless, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def open_to_all(**fields: Any) -> ConsultationPage:
    consultation = make_consultation(**{"participation": Participation.OPEN, **fields})
    make_question(consultation)
    make_question(consultation, QuestionType.RANKING)
    return consultation


def typed(**changed: Any) -> dict[str, Any]:
    told = {"name": "Ana Olmo", "email": "Ana@example.org", "city": "puerto"}
    answers = {"q1": "o2", "q2_o1": "2", "q2_o3": "1"}
    return {**told, **answers, "form_token": issue(ANSWER), **changed}


def code_sent() -> str:
    mail = OutgoingMail.objects.filter(kind="guest_code").latest("pk")
    found = re.search(r"\d{4}-\d{4}", mail.text)
    assert found
    return found[0]


def answered(client: Any, consultation: ConsultationPage, **changed: Any) -> Any:
    client.post(consultation.answer_url, typed(**changed))
    return client.post(consultation.guest_url, {"code": code_sent()})


def guest(email: str = "ana@example.org") -> Participant:
    city = city_pair()[1]
    return guests.recognise(
        GuestDetails(email=email, name="Ana Olmo", city=city, language_code="en")
    )


@pytest.mark.both
def test_answers_count_only_when_the_address_is_confirmed(client):
    consultation = open_to_all()

    asked = client.post(consultation.answer_url, typed())
    before = Response.objects.count()
    done = client.post(consultation.guest_url, {"code": code_sent()}, follow=True)

    response = Response.objects.get()
    assert (asked.status_code, asked.url, before) == (302, consultation.guest_url, 0)
    assert f"Your receipt: {response.receipt}" in text_of(done)
    given = response.answers.order_by("question__identifier").values_list("value", flat=True)
    assert list(given) == ["o2", ["o3", "o1"]]
    assert (response.participant.is_guest, response.city.code) == (True, "puerto")
    assert get_user(client).is_anonymous


@pytest.mark.both
def test_the_same_address_changes_its_answers_and_never_counts_twice(client):
    consultation = open_to_all()
    answered(client, consultation)

    answered(client, consultation, q1="o3", email="ana@EXAMPLE.org")

    assert Response.objects.count() == PersonTakingPart.objects.count() == 1
    assert Answer.objects.get(question__identifier="q1").value == "o3"


def test_a_wrong_code_counts_nothing_and_can_be_corrected(client):
    consultation = open_to_all()
    client.post(consultation.answer_url, typed())

    wrong = client.post(consultation.guest_url, {"code": "00"})
    right = client.post(consultation.guest_url, {"code": code_sent()})

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert Response.objects.count() == 1


def test_what_is_wrong_is_said_before_a_code_is_sent(client):
    consultation = open_to_all()

    response = client.post(consultation.answer_url, typed(email="", q1="o9"))

    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_email"' in page
    assert 'href="#id_q1_0"' in page
    assert not OutgoingMail.objects.exists()


def test_the_code_page_leads_back_where_nothing_is_held(client):
    consultation = open_to_all()

    response = client.get(consultation.guest_url)

    assert (response.status_code, response.url) == (302, consultation.url)


def test_a_receipt_is_mailed_to_a_guest_too(client):
    answered(client, open_to_all(), wants_receipt="on")

    mail = OutgoingMail.objects.get(kind="consultation_receipt")
    assert mail.to == "ana@example.org"
    assert Response.objects.get().receipt in mail.text


def test_where_an_account_is_needed_a_guest_is_refused(client):
    consultation = open_to_all(participation=Participation.REGISTERED)

    page = client.get(consultation.answer_url).content.decode()
    sent = client.post(consultation.answer_url, typed())

    assert "Sign in to be counted" in page
    assert sent.status_code == 302
    assert not OutgoingMail.objects.exists()
    with pytest.raises(AccountNeeded):
        answer(
            consultation,
            participant=guest(),
            answers={"q1": "o1"},
            language_code="en",
            form_token=None,
        )


@pytest.mark.both
def test_a_guests_form_takes_anything_without_a_server_error(client):
    consultation = open_to_all()

    for number, text in enumerate(each_alone(KINDS)):
        choice = ("city", "q1", "q2_o1", "form_token")[number % 4]
        for name in ("name", "email", choice):
            answer = send(client, consultation.answer_url, typed(**{name: text}))
            assert harmless(answer), (name, text)
        assert harmless(send(client, consultation.guest_url, {"code": text})), text


# When the guest makes an account ---------------------------------------------------------


def joined(email: str = "ana@example.org", **fields: Any) -> Participant:
    return Participant.objects.of(ResidentOfFactory(email=email, **fields))


def say(consultation: ConsultationPage, participant: Participant, option: str) -> None:
    answer(
        consultation,
        participant=participant,
        answers={"q1": option},
        language_code="en",
        form_token=None,
    )


@pytest.mark.both
def test_an_account_takes_over_what_the_guest_answered():
    consultation, other = open_to_all(), open_to_all(title="Another")
    for page in (consultation, other):
        say(page, guest(), "o1")
    account = joined()
    say(other, account, "o2")

    guests.claim(account.resident)

    mine = dict(account.responses.values_list("consultation", "answers__value"))
    assert mine == {consultation.pk: "o1", other.pk: "o2"}
    assert Participant.objects.count() == 1
    assert [tallies.drift(page) for page in (consultation, other)] == [[], []]


@pytest.mark.both
def test_the_city_of_the_first_act_stays_when_guest_and_account_become_one():
    consultation = open_to_all()
    statement = StatementFactory(consultation=consultation)
    say(consultation, guest(), "o1")
    account = joined(city=city_pair()[0])
    vote(statement, participant=account, choice="agree")

    guests.claim(account.resident)

    assert PersonTakingPart.objects.get().city == city_pair()[1]
    assert tallies.drift(consultation) == []


def test_who_answered_elsewhere_finds_the_answers_with_the_address(client):
    consultation = open_to_all()
    answered(client, consultation)
    elsewhere = type(client)()
    again = f"{consultation.answer_url}?again=1"

    form = elsewhere.get(consultation.answer_url)
    asked = elsewhere.get(again)
    missing = elsewhere.post(consultation.answer_url, {"come_in": "1", "name": "Ana"})
    who = {"name": "Ana", "email": "ANA@example.org", "city": "puerto", "come_in": "1"}
    sent = elsewhere.post(consultation.answer_url, who)
    back = elsewhere.post(consultation.guest_url, {"code": code_sent()}, follow=True)

    assert f'href="{again}"' in form.content.decode()
    assert "Write the address you answered with" in text_of(asked)
    assert "never lies beside an address" not in text_of(asked)
    assert missing.status_code == 422
    assert "Write your e-mail address." in text_of(missing)
    assert sent["Location"] == consultation.guest_url
    assert back.redirect_chain[-1][0] == consultation.answer_url
    assert "These are your answers so far." in text_of(back)
    assert Response.objects.count() == 1
