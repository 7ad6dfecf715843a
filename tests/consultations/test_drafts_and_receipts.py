"""Leaving and coming back, changing, and a code that shows that the answer is counted."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Draft, Response
from consultations.services import ANSWER, answer, vote
from partnership.outbox.models import OutgoingMail
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    StatementFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.events import at

pytestmark = pytest.mark.django_db


def asked() -> ConsultationPage:
    consultation = make_consultation()
    make_question(consultation, QuestionType.NUMBER, number_min=0, number_max=120)
    make_question(consultation, QuestionType.RANKING)
    make_question(consultation, QuestionType.MULTIPLE_CHOICE, required=True)
    return consultation


def send(client: Any, consultation: ConsultationPage, **typed: Any) -> Any:
    return client.post(consultation.answer_url, {"form_token": issue(ANSWER), **typed})


def test_what_was_kept_is_there_again_right_or_wrong_and_counts_nowhere():
    consultation = asked()
    client, _participant = signed_in()

    response = send(client, consultation, q1="a lot", q2_o2="1", q3=["o1", "o3"], later="1")
    page = client.get(consultation.answer_url).content.decode()

    assert response.status_code == 302
    assert 'value="a lot"' in page
    assert len(re.findall(r'<option value="1" selected>', page)) == 1
    assert page.count("checked") == 3  # for oneself among them
    assert "It counts only when you send it." in page
    assert (Response.objects.count(), Answer.objects.count()) == (0, 0)


def test_a_draft_is_replaced_by_the_next_and_gone_when_the_form_is_sent():
    consultation = asked()
    client, _participant = signed_in()
    send(client, consultation, q1="1", later="1")

    send(client, consultation, q1="2", later="1")
    kept = Draft.objects.get().typed
    send(client, consultation, q1="3", q3=["o1"])

    assert kept == {"q1": ["2"]}
    assert not Draft.objects.exists()
    assert Answer.objects.get(question__identifier="q1").value == 3


def test_a_draft_is_nobody_elses():
    consultation = asked()
    client, _participant = signed_in()
    send(client, consultation, q1="77", later="1")
    other, _other = signed_in()

    page = other.get(consultation.answer_url).content.decode()

    assert 'value="77"' not in page


@pytest.mark.both
@pytest.mark.parametrize("text", ["a\x00b", "<script>alert(1)</script>", "\u202eevil", "9" * 5000])
def test_a_draft_keeps_what_a_database_can_hold_and_runs_nothing(text):
    consultation = asked()
    client, _participant = signed_in()

    response = send(client, consultation, q1=text, q2_o1=text, q3=[text], later="1")
    page = client.get(consultation.answer_url)

    assert (response.status_code, page.status_code) == (302, 200)
    assert b"<script>alert" not in page.content


def test_what_was_begun_is_found_again_from_ones_own_page_and_from_the_consultations():
    consultation = asked()
    client, _participant = signed_in()
    send(client, consultation, q1="1", later="1")

    mine = client.get(reverse("my_participation")).content.decode()
    page = text_of(client.get(consultation.url))

    assert f'<a href="{consultation.answer_url}">started, not sent: go on<' in mine
    assert "0 votes" not in mine
    assert ("Go on with your answers" in page, "Answer the questions" in page) == (True, False)


def test_answers_are_called_answers_and_not_no_votes():
    consultation = asked()
    client, _participant = signed_in()
    before = text_of(client.get(consultation.url))
    send(client, consultation, q3=["o1"])

    mine = text_of(client.get(reverse("my_participation")))

    assert "Go on with your answers" not in before
    assert "questions answered · you can still change your answers" in mine
    assert "0 votes" not in mine


@pytest.mark.parametrize(
    ("lives_in", "when"),
    [(1, "1 July 2026, 18:00 (Puerto Almendro)"), (None, "1 July 2026, 17:00 (Alder Bay)")],
)
def test_when_a_draft_was_kept_is_told_on_the_clock_of_ones_city(lives_in, when):
    consultation = asked()
    client, participant = signed_in()
    resident = participant.resident
    resident.city = None if lives_in is None else city_pair()[lives_in]
    resident.save()
    Draft.objects.create(
        consultation=consultation, participant=participant, saved_at=at(2026, 7, 1, 16)
    )

    page = text_of(client.get(consultation.answer_url))

    assert f"This is what you kept on {when}. It counts only when you send it." in page


def test_what_others_began_or_was_begun_before_the_close_is_not_listed():
    consultation, closed = asked(), make_consultation(title="Over", closes_in=-timedelta(days=1))
    client, participant = signed_in()
    Draft.objects.create(consultation=closed, participant=participant)
    Draft.objects.create(consultation=consultation, participant=make_participant())

    mine = text_of(client.get(reverse("my_participation")))

    assert "Your answers and votes" not in mine


@pytest.mark.both
def test_votes_are_counted_once_however_many_take_part():
    consultation = asked()
    client, participant = signed_in()
    others = [make_participant(), make_participant()]
    for statement in (StatementFactory(consultation=consultation) for _each in range(2)):
        for voter in (participant, *others):
            vote(statement, participant=voter, choice="agree")

    mine = text_of(client.get(reverse("my_participation")))

    assert mine.count("Safe routes to school") == 1
    assert "2 votes" in mine


def test_a_draft_longer_than_a_form_is_refused_and_stays_on_the_screen():
    consultation = asked()
    client, _participant = signed_in()

    response = send(client, consultation, q1="9" * 60_001, later="1")

    assert response.status_code == 422
    assert "This is too long to be kept." in text_of(response)
    assert not Draft.objects.exists()


def test_nothing_is_kept_after_the_close(settings):
    from datetime import timedelta

    consultation = make_consultation(closes_in=timedelta(days=-1))
    make_question(consultation)
    client, _participant = signed_in()

    response = send(client, consultation, q1="o1", later="1")

    assert response.status_code == 422
    assert not Draft.objects.exists()


def test_the_receipt_shows_that_answers_are_counted_and_not_what_they_are(client):
    consultation = asked()
    resident, participant = signed_in()
    response = send(resident, consultation, q1="77", q3=["o1"])
    code = Response.objects.get().receipt

    told = text_of(resident.get(response.url))
    looked_up = client.get(consultation.receipt_url, {"code": f" {code.lower()} "})
    answer(
        consultation,
        participant=participant,
        answers={"q3": ["o2"]},
        language_code="en",
        form_token=None,
    )

    text = text_of(looked_up)
    assert f"Your receipt: {code}" in told
    assert looked_up.status_code == 200
    assert f"Receipt {code}: 2 answers, last changed on" in text
    assert "77" not in text.replace(code, "")
    assert Response.objects.get().receipt == code


@pytest.mark.parametrize("code", ["AAAA-BBBB", "x", "\x00", "é" * 300, "<script>"])
def test_a_code_of_nothing_is_told_so(client, code):
    consultation = asked()
    make_participant()

    response = client.get(consultation.receipt_url, {"code": code})

    assert response.status_code == 404
    assert b"Nothing is counted with this code" in response.content
    assert not response.cookies


def test_the_receipt_is_mailed_to_whoever_asks_for_it():
    consultation = asked()
    client, participant = signed_in()

    send(client, consultation, q3=["o1"])
    nothing = OutgoingMail.objects.count()
    send(client, consultation, q3=["o1"], wants_receipt="on")

    mail = OutgoingMail.objects.get()
    assert nothing == 0
    assert mail.to == participant.resident.email
    assert Response.objects.get().receipt in mail.text


def test_a_version_that_is_not_published_leaves_what_people_kept():
    consultation = make_consultation()
    Draft.objects.create(consultation=consultation, participant=make_participant())
    page = ConsultationPage.objects.get(pk=consultation.pk)
    page.is_anonymous = True

    revision = page.save_revision()

    assert Draft.objects.exists()
    revision.publish()
    assert not Draft.objects.exists()
