"""A sum that residents divide among projects: asked, refused, kept, and typed in from paper."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from consultations.asking.budgets import amount_in_words, purse, rules_in_words
from consultations.asking.refusals import OverTheSum, TooFewProjects
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Question, Response
from consultations.refusals import WrongChoice
from consultations.services import ANSWER
from partnership.cities.models import City, Neighbourhood
from partnership.people.tokens import issue
from tests.consultations.test_pages import signed_in, text_of
from tests.consultations.test_paper import editor, enter
from tests.consultations.test_question_kinds import send
from tests.factories.cities import city_pair
from tests.factories.consultations import make_budget, make_consultation, make_question

pytestmark = pytest.mark.django_db

RATE = {"exchange_rate": Decimal("1.165"), "rate_currency": "USD", "rate_on": date(2027, 5, 3)}


def divided(**fields: Any) -> ConsultationPage:
    consultation = make_consultation()
    make_budget(consultation, **fields)
    return consultation


def post(client: Any, consultation: ConsultationPage, **typed: Any) -> Any:
    return client.post(consultation.answer_url, {"form_token": issue(ANSWER), **typed})


# What is an answer -------------------------------------------------------------------------


def test_projects_up_to_the_whole_sum_are_kept_in_the_order_they_were_offered():
    send(divided(), {"q1": ["o2", "o1"]})

    assert Answer.objects.get().value == ["o1", "o2"]


def test_a_unit_more_than_the_sum_is_refused_with_the_sum_and_by_how_much():
    consultation = divided(budget=49_999, **RATE)

    with pytest.raises(OverTheSum) as caught:
        send(consultation, {"q1": ["o1", "o2"]})

    assert caught.value.field == "q1"
    assert str(caught.value) == (
        "Your projects cost €50,000 (US$58,250), and the sum is €49,999 (US$58,249). "
        "That is €1 (US$1) too much: take something out."
    )
    assert not Response.objects.exists()


def test_too_few_projects_or_strange_ones_are_refused_and_one_named_twice_costs_once():
    consultation = divided(fewest_projects=2)

    for sent, refusal in (
        (["o3", "o3"], TooFewProjects),
        (["o1", "o9"], WrongChoice),
        ("o1", WrongChoice),
    ):
        with pytest.raises(refusal) as caught:
            send(consultation, {"q1": sent})
        assert caught.value.field == "q1"
    send(consultation, {"q1": ["o1", "o1", "o2"]})


def test_what_follows_from_a_project_is_asked_of_those_who_chose_it():
    consultation = divided()
    make_question(consultation, QuestionType.SHORT_TEXT, shown_if="q1=o2", required=True)

    send(consultation, {"q1": ["o1"]})

    assert Answer.objects.count() == 1


# Both moneys -------------------------------------------------------------------------------


def test_the_amount_in_the_other_money_is_rounded_half_up_to_the_unit():
    question = Question(currency="EUR", **RATE)

    told = [amount_in_words(question, amount) for amount in (100, 300, 1)]  # 116.5, 349.5, 1.165

    assert told == ["€100 (US$117)", "€300 (US$350)", "€1 (US$1)"]


@pytest.mark.both
def test_no_sum_to_divide_is_stored_without_its_amount_and_no_rate_without_its_day():
    consultation = make_consultation()

    for wrong in ({"budget": None}, {"currency": ""}, {**RATE, "rate_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_budget(consultation, **wrong)


def test_without_a_rate_there_is_one_money_and_two_decimals_of_a_rate_are_always_said():
    divided(currency="EUR")
    question = Question.objects.get()
    alone = rules_in_words(question), purse(question, []).live["moneys"]
    question.exchange_rate, question.rate_currency = Decimal("1.1"), "USD"
    question.rate_on = RATE["rate_on"]

    assert alone == (
        ["Choose projects that cost €50,000 at most, all together."],
        [{"pattern": "€{}", "rate": 1_000_000}],
    )
    assert "1 EUR is 1.10 USD" in rules_in_words(question)[1]


def test_what_was_kept_costs_once_what_is_still_there_and_the_whole_sum_is_not_over():
    divided()

    told = purse(Question.objects.get(), ["o1", "o2", "o2", "gone"])

    assert told.words == "Chosen so far: €50,000 of €50,000. Left: €0."
    assert not told.is_over


# The form ----------------------------------------------------------------------------------


def test_the_form_says_what_there_is_what_each_project_costs_and_where_it_happens():
    alder, _puerto = city_pair()
    consultation = divided(fewest_projects=1, **RATE)
    first = Question.objects.get().options.first()
    first.city = alder
    first.neighbourhood = Neighbourhood.objects.create(city=alder, code="north", name_en="North")
    first.description_en = "Six lamps along the quay."
    first.save()
    client, _participant = signed_in()

    text = text_of(client.get(consultation.answer_url))

    for words in (
        "Choose projects that cost €50,000 (US$58,250) at most, all together.",
        "Choose at least 1 project.",
        "In brackets: 1 EUR is 1.165 USD, the rate of 3 May 2027.",
        "Project 1: €30,000 (US$34,950) North, Alder Bay. Six lamps along the quay.",
        "Project 2: €20,000 (US$23,300) In every city.",
        "Chosen so far: €0 (US$0) of €50,000 (US$58,250). Left: €50,000 (US$58,250).",
    ):
        assert words in text


def test_over_the_sum_nothing_is_lost_and_what_was_spent_is_said_again():
    consultation = divided()
    client, _participant = signed_in()

    response = post(client, consultation, q1=["o1", "o2", "o3"])

    page = response.content.decode()
    assert response.status_code == 422
    assert len(re.findall(r'name="q1"[^>]*checked', page)) == 3
    assert 'href="#id_q1_0"' in page
    assert "That is €10,000 too much: take something out." in text_of(response)
    assert "Chosen so far: €60,000 of €50,000. That is too much by €10,000." in text_of(response)
    assert 'class="purse is-over"' in page


def test_a_draft_keeps_even_too_many_projects_and_says_what_they_cost():
    consultation = divided()
    client, _participant = signed_in()
    post(client, consultation, q1=["o1", "o2", "o3"], later="1")

    page = client.get(consultation.answer_url)

    assert len(re.findall(r'name="q1"[^>]*checked', page.content.decode())) == 3
    assert "Chosen so far: €60,000 of €50,000." in text_of(page)


def test_the_script_is_given_what_it_needs_to_say_the_same_and_only_where_a_sum_is_divided():
    consultation = divided(**RATE)
    client, _participant = signed_in()
    send(consultation, {"q1": ["o3"]}, participant=_participant)

    response = client.get(consultation.answer_url)
    live = json.loads(response.context["form"].asked()[0].purse.live_json)
    make_question(other := make_consultation(slug="other"))

    assert live["costs"] == {"o1": 30_000, "o2": 20_000, "o3": 10_000}
    assert live["moneys"] == [
        {"pattern": "€{}", "rate": 1_000_000},
        {"pattern": "US${}", "rate": 1_165_000},
    ]
    assert "js/purse" in response.content.decode()
    assert "js/purse" not in client.get(other.answer_url).content.decode()


def test_the_form_costs_the_same_for_one_project_and_for_many(django_assert_num_queries):
    alder, _puerto = city_pair()
    counted = []
    for number in (1, 12):
        consultation = divided(costs=(1_000,) * number)
        for option in Question.objects.get(consultation=consultation).options.all():
            option.city = alder
            option.save()
        client, _participant = signed_in()
        client.get(consultation.answer_url)
        with django_assert_num_queries(13) as queries:
            client.get(consultation.answer_url)
        counted.append(len(queries))

    assert counted[0] == counted[1]


# Paper -------------------------------------------------------------------------------------


def test_paper_says_the_rules_and_the_costs_and_a_sheet_is_counted_by_the_same_rules(client):
    consultation = divided()

    printed = text_of(client.get(consultation.paper_url))
    with pytest.raises(OverTheSum):
        enter(consultation, "1", answers={"q1": ["o1", "o2", "o3"]})
    enter(consultation, "2", answers={"q1": ["o1", "o3"]})
    desk = text_of(editor(city_pair()[0]).get(f"/admin/consultations/{consultation.pk}/paper/"))

    assert "Choose projects that cost €50,000 at most, all together." in printed
    assert "☐ Project 1: €30,000 [o1]" in printed
    assert "Project 3: €10,000 [o3]" in desk
    assert Answer.objects.get().value == ["o1", "o3"]


# Both languages ------------------------------------------------------------------------------


def test_the_form_speaks_the_readers_language():
    consultation = divided(**RATE)
    client, _participant = signed_in()

    with translation.override("es"):
        text = text_of(client.get(consultation.answer_url))

    assert "Elige proyectos que en total cuesten como mucho 50 000 €" in text


@pytest.fixture(autouse=True)
def two_moneys() -> None:
    city_pair()
    City.objects.filter(code="puerto").update(currency="USD")
