"""Conditions on earlier answers: decided on the server, told in words, helped by a script."""

from typing import Any

import pytest

from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage
from consultations.refusals import AnswerMissing
from consultations.services import ANSWER, answer
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.factories.consultations import make_consultation, make_participant, make_question

pytestmark = pytest.mark.django_db


def chain() -> ConsultationPage:
    """q1 = o2 leads to q2 (several options); q2 with o1 leads to q3, which must be answered."""
    consultation = make_consultation()
    make_question(consultation)
    make_question(consultation, QuestionType.MULTIPLE_CHOICE, shown_if="q1=o2")
    make_question(consultation, QuestionType.LONG_TEXT, shown_if="q2=o1", required=True)
    return consultation


def send(consultation: ConsultationPage, answers: dict[str, Any], **changed: Any) -> None:
    values = {"participant": make_participant(), "language_code": "en", "form_token": None}
    answer(consultation, answers=answers, **{**values, **changed})


def stored() -> dict[str, Any]:
    return dict(Answer.objects.values_list("question__identifier", "value"))


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        ({"q1": "o2", "q2": ["o1", "o3"], "q3": "Why."}, {"q1", "q2", "q3"}),
        ({"q1": "o2", "q2": ["o3"], "q3": "Why."}, {"q1", "q2"}),
        ({"q1": "o1", "q2": ["o1"], "q3": "Why."}, {"q1"}),
        ({"q1": "o1", "q2": ["o9"], "q3": "x" * 2001}, {"q1"}),
    ],
)
def test_answers_to_what_is_not_reached_do_not_count(answers, counted):
    send(chain(), answers)

    assert set(stored()) == counted


def test_what_must_be_answered_is_asked_for_only_where_it_is_reached():
    consultation = chain()

    send(consultation, {"q1": "o2", "q2": ["o2"]})
    with pytest.raises(AnswerMissing):
        send(consultation, {"q1": "o2", "q2": ["o1"]})


def test_going_another_way_takes_the_answers_of_the_first_way_back():
    consultation, participant = chain(), make_participant()
    send(consultation, {"q1": "o2", "q2": ["o1"], "q3": "Why."}, participant=participant)

    send(consultation, {"q1": "o1", "q2": ["o1"], "q3": "Why."}, participant=participant)

    assert stored() == {"q1": "o1"}


def test_a_condition_on_a_question_that_is_gone_holds_nobody_back():
    consultation = make_consultation()
    make_question(consultation, shown_if="gone=o1")

    send(consultation, {"q1": "o1"})

    assert stored() == {"q1": "o1"}


def test_a_point_of_a_scale_leads_on():
    consultation = make_consultation()
    make_question(consultation, QuestionType.SCALE)
    make_question(consultation, shown_if="q1=5")

    send(consultation, {"q1": "5", "q2": "o1"})

    assert stored() == {"q1": 5, "q2": "o1"}


def test_every_question_is_in_the_form_with_the_answer_it_is_for():
    consultation = chain()
    consultation.questions.filter(identifier="q2").update(
        section_en="On the way", section_es="Por el camino"
    )
    client, _participant = signed_in()

    response = client.get(consultation.answer_url)

    page, text = response.content.decode(), text_of(response)
    assert "Only if you answered “Option 2” to “Question 1?”:" in text
    assert 'data-shown-if="q2=o1"' in page
    assert '<h2 class="part-title">On the way</h2>' in page
    assert "js/asked" in page


def test_nothing_is_wrong_with_what_is_not_reached():
    consultation = chain()
    client, _participant = signed_in()
    typed = {"q1": "o1", "q2": "o9", "q3": "", "language_code": "en", "form_token": issue(ANSWER)}

    refused = client.post(consultation.answer_url, {**typed, "q1": "o2"})
    response = client.post(consultation.answer_url, {**typed, "form_token": issue(ANSWER)})

    assert (refused.status_code, response.status_code) == (422, 302)
    assert stored() == {"q1": "o1"}
