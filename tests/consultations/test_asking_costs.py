"""What the screens of questions cost: the same number of queries for one question and for many."""

from typing import Any

import pytest
from django.test import Client

from consultations.enums import QuestionType
from consultations.models import ConsultationPage
from consultations.services import answer
from tests.consultations.test_pages import signed_in
from tests.consultations.test_paper import editor, enter
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_participant, make_question

pytestmark = pytest.mark.django_db

FORM, PAPER, SHEETS, RECEIPT = 15, 10, 27, 9


def asked(number: int) -> ConsultationPage:
    consultation = make_consultation()
    for place in range(number):
        kind = (QuestionType.RANKING, QuestionType.LOCATION, QuestionType.SINGLE_CHOICE)[place % 3]
        make_question(consultation, kind, allows_other=True, shown_if="q1=o1" if place else "")
    return consultation


def cost_of(client: Client, address: str, counting: Any) -> int:
    client.get(address)
    with counting as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


def test_the_form_costs_the_same_for_any_number_of_questions(django_assert_max_num_queries):
    number = 12
    consultation = asked(number)
    client, participant = signed_in()
    answer(
        consultation,
        participant=participant,
        answers={"q1": ["o1"]},
        language_code="en",
        form_token=None,
    )

    assert cost_of(client, consultation.answer_url, django_assert_max_num_queries(FORM)) <= FORM


def test_the_form_on_paper_costs_the_same(client, django_assert_max_num_queries):
    number = 12
    address = asked(number).paper_url

    assert cost_of(client, address, django_assert_max_num_queries(PAPER)) <= PAPER


def test_the_desk_for_sheets_costs_the_same_however_many_there_are(django_assert_max_num_queries):
    number = 12
    consultation = asked(number)
    for sheet in range(number):
        enter(consultation, str(sheet), answers={"q1": ["o1"]})
    client = editor(city_pair()[0])
    address = f"/admin/consultations/{consultation.pk}/paper/"

    assert cost_of(client, address, django_assert_max_num_queries(SHEETS)) <= SHEETS


def test_looking_up_a_receipt_costs_little(client, django_assert_max_num_queries):
    consultation = asked(3)
    response = answer(
        consultation,
        participant=make_participant(),
        answers={"q1": ["o1"]},
        language_code="en",
        form_token=None,
    )

    address = f"{consultation.receipt_url}?code={response.receipt}"

    assert cost_of(client, address, django_assert_max_num_queries(RECEIPT)) <= RECEIPT
