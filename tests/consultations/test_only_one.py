"""Where there is only one statement or question, the page speaks of one."""

from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from consultations.enums import QuestionType
from consultations.snapshots.refusals import TotalsDiffer
from tests.factories.consultations import StatementFactory, make_consultation, make_question

pytestmark = pytest.mark.django_db


def text_of(page) -> str:
    return " ".join(strip_tags(page.content.decode()).split())


@pytest.mark.parametrize(
    ("number", "heading", "sentence"),
    [
        (1, "The statement", "once you have answered it,"),
        (2, "The statements", "once you have answered 2 of them,"),
    ],
)
def test_one_statement_is_no_list_of_them(client, number, heading, sentence):
    consultation = make_consultation()
    for _place in range(number):
        StatementFactory(consultation=consultation)

    page = client.get(consultation.url)

    assert f'<h2 id="statements">{heading}</h2>' in page.content.decode()
    assert sentence in text_of(page)


@pytest.mark.parametrize(("number", "ending"), [(1, "question"), (2, "questions")])
def test_one_question_is_not_called_several(client, number, ending):
    consultation = make_consultation()
    for _place in range(number):
        make_question(consultation, QuestionType.NUMBER)

    page = client.get(consultation.url).content.decode()

    for words in ("The", "Answer the", "Read the", "Print the"):
        assert f">{words} {ending}<" in page


@pytest.mark.parametrize(("number", "ending"), [(1, "question"), (2, "questions")])
def test_its_answers_are_answers_to_one(client, number, ending):
    consultation = make_consultation(closes_in=timedelta(days=-1))
    for _place in range(number):
        make_question(consultation, QuestionType.NUMBER)

    page = client.get(consultation.url).content.decode()

    assert f'<h2 id="questions">Answers to the {ending}</h2>' in page


def test_a_refusal_counts_as_one_speaks():
    assert "(1 figure)" in str(TotalsDiffer(1))
    assert "(2 figures)" in str(TotalsDiffer(2))
