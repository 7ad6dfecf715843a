"""Answering: one response per person, values that make sense, what was typed is kept."""

from typing import Any

import pytest

from consultations.enums import QuestionType
from consultations.models import Answer, PersonTakingPart, Response
from consultations.refusals import (
    AnswerMissing,
    ConsultationClosed,
    NothingAnswered,
    PhaseDoesNotAllow,
    TextTooLong,
    WrongChoice,
    WrongLanguage,
)
from consultations.services import ANSWER, answer
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.factories.consultations import make_consultation, make_participant, make_question

pytestmark = pytest.mark.django_db


def send(consultation: Any, answers: dict[str, Any], **changed: Any) -> Response:
    values = {
        "participant": changed.pop("participant", None) or make_participant(),
        "answers": answers,
        "language_code": "en",
        "form_token": issue(ANSWER),
    }
    return answer(consultation, **{**values, **changed})


def test_every_kind_of_answer_is_stored_as_its_value():
    consultation = make_consultation()
    sent = {
        QuestionType.SINGLE_CHOICE: ("o2", "o2"),
        QuestionType.MULTIPLE_CHOICE: (["o3", "o1"], ["o1", "o3"]),
        QuestionType.SCALE: ("4", 4),
        QuestionType.LONG_TEXT: ("By bus.", "By bus."),
        QuestionType.SHORT_TEXT: ("Bus", "Bus"),
        QuestionType.RANKING: (["o3", "o1"], ["o3", "o1"]),
        QuestionType.NUMBER: ("12,5", 12.5),
        QuestionType.DATE: ("2027-05-31", "2027-05-31"),
        QuestionType.LOCATION: ("o1", "o1"),
        QuestionType.BUDGET: (["o1", "o2"], ["o1", "o2"]),
    }
    names = {kind: make_question(consultation, kind).identifier for kind in QuestionType}

    response = send(consultation, {names[kind]: value for kind, (value, _kept) in sent.items()})

    stored = dict(response.answers.values_list("question__identifier", "value"))
    assert stored == {names[kind]: kept for kind, (_value, kept) in sent.items()}
    assert (response.city.code, response.language_code) == ("alder", "en")


def test_answering_again_replaces_the_answers_of_the_same_response():
    consultation, participant = make_consultation(), make_participant()
    make_question(consultation)
    make_question(consultation, QuestionType.LONG_TEXT)
    first = send(consultation, {"q1": "o1", "q2": "First."}, participant=participant)

    again = send(consultation, {"q1": "o3"}, participant=participant, language_code="es")

    assert again == first
    assert [(row.value, row.response.language_code) for row in Answer.objects.all()] == [
        ("o3", "es")
    ]
    assert PersonTakingPart.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "value", "refusal"),
    [
        (QuestionType.SINGLE_CHOICE, "o9", WrongChoice),
        (QuestionType.SINGLE_CHOICE, ["o1"], WrongChoice),
        (QuestionType.MULTIPLE_CHOICE, ["o1", "o9"], WrongChoice),
        (QuestionType.MULTIPLE_CHOICE, "o1", WrongChoice),
        (QuestionType.SCALE, "6", WrongChoice),
        (QuestionType.SCALE, "0", WrongChoice),
        (QuestionType.SCALE, "many", WrongChoice),
        (QuestionType.LONG_TEXT, "x" * 2001, TextTooLong),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_at_its_question(kind, value, refusal):
    consultation = make_consultation()
    make_question(consultation, kind)

    with pytest.raises(refusal) as caught:
        send(consultation, {"q1": value})

    assert caught.value.field == "q1"
    assert not Response.objects.exists()


@pytest.mark.parametrize("value", [None, "", "  \u200b ", []])
def test_a_question_that_must_be_answered_is_asked_for(value):
    consultation = make_consultation()
    make_question(consultation, QuestionType.LONG_TEXT, required=True)

    with pytest.raises(AnswerMissing) as caught:
        send(consultation, {"q1": value})

    assert caught.value.field == "q1"


def test_an_empty_form_is_refused():
    consultation = make_consultation()
    make_question(consultation)

    with pytest.raises(NothingAnswered):
        send(consultation, {})


def test_a_language_of_another_pair_is_refused():
    consultation = make_consultation()
    make_question(consultation)

    with pytest.raises(WrongLanguage):
        send(consultation, {"q1": "o1"}, language_code="xx")


def test_the_phase_must_allow_answers():
    consultation = make_consultation(allows=("vote",))
    make_question(consultation)

    with pytest.raises(PhaseDoesNotAllow):
        send(consultation, {"q1": "o1"})


def test_a_closed_consultation_takes_no_answers():
    from datetime import timedelta

    consultation = make_consultation(closes_in=timedelta(days=-1))
    make_question(consultation)

    with pytest.raises(ConsultationClosed):
        send(consultation, {"q1": "o1"})


def test_the_same_form_sent_twice_counts_once():
    consultation, participant, token = make_consultation(), make_participant(), issue(ANSWER)
    make_question(consultation)
    send(consultation, {"q1": "o1"}, participant=participant, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        send(consultation, {"q1": "o2"}, participant=participant, form_token=token)

    assert Answer.objects.get().value == "o1"


def test_a_refused_form_can_be_corrected_and_sent_with_the_same_token():
    consultation, participant, token = make_consultation(), make_participant(), issue(ANSWER)
    make_question(consultation)
    with pytest.raises(WrongChoice):
        send(consultation, {"q1": "o9"}, participant=participant, form_token=token)

    send(consultation, {"q1": "o1"}, participant=participant, form_token=token)

    assert Answer.objects.get().value == "o1"


def test_identifiers_are_made_once_and_never_reused_while_taken():
    consultation = make_consultation()
    first, second = make_question(consultation), make_question(consultation)

    first.delete()
    third = make_question(consultation)

    assert (second.identifier, third.identifier) == ("q2", "q1")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_person_answering_ten_times_at_once_has_one_response(run_in_threads):
    consultation, participant = make_consultation(), make_participant()
    make_question(consultation)

    outcomes = run_in_threads(
        lambda number: send(consultation, {"q1": f"o{number % 3 + 1}"}, participant=participant),
        times=10,
    )

    assert [outcome for outcome in outcomes if not isinstance(outcome, Response)] == []
    assert (Response.objects.count(), Answer.objects.count()) == (1, 1)
