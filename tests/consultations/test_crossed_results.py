"""Figures of the questions crossed by something else, and the screen analysts read them on."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from consultations.crossed_results import crossed_results, crossings
from consultations.enums import Channel, QuestionType
from consultations.models import ConsultationPage, Question, Response
from consultations.question_results import QuestionResult
from consultations.roadmap.groups import ANALYSTS, EDITORS, ensure_groups
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_budget
from tests.factories.exports import (
    make_answers,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
    make_question,
    make_votes,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

#: How many of Alder Bay said what to the first question and the second one.
SAID = {("o1", "o1"): 9, ("o2", "o1"): 3, ("o1", "o2"): 7, ("o3", "o2"): 6}


def two_questions(consultation: ConsultationPage) -> tuple[Question, Question]:
    """Answered in Alder Bay as ``SAID``, and in Puerto Azul by nine with the first of both."""
    first = make_question(consultation, QuestionType.SINGLE_CHOICE, options=3)
    second = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    alder, puerto = city_pair()
    for (one, two), number in SAID.items():
        people = make_people(number, alder, f"{one}{two}")
        make_answers(first, people, one)
        make_answers(second, people, two)
    others = make_people(9, puerto)
    make_answers(first, others, "o1")
    make_answers(second, others, "o1")
    return first, second


def crossed(first: Question, second: Question, by: str) -> dict[int, dict[str, QuestionResult]]:
    results = crossed_results(first.consultation, [first, second], list(city_pair()), by)
    return {each.whole.question.pk: dict(each.groups) for each in results}


def counts(result: QuestionResult) -> list[int | None]:
    """What Alder Bay chose."""
    return [option.shares[0].count for option in result.options]


@pytest.mark.both
def test_answers_are_crossed_by_another_answer_within_each_city() -> None:
    first, second = two_questions(make_consultation_to_export())

    found = crossed(first, second, second.anchor)

    assert list(found) == [first.pk]  # nothing is crossed by itself
    groups = found[first.pk]
    assert {name: dict(result.groups)[city_pair()[0]] for name, result in groups.items()} == {
        "o1": 12,
        "o2": 13,
    }


@pytest.mark.both
def test_who_chose_what_few_chose_is_kept_back_both_ways_round() -> None:
    first, second = two_questions(make_consultation_to_export())

    by_second = crossed(first, second, second.anchor)[first.pk]
    by_first = crossed(first, second, first.anchor)[second.pk]

    # Three people chose the second option, and with them the next larger group is kept back.
    assert [counts(by_first[group]) for group in ("o1", "o2", "o3")] == [
        [9, 7],
        [None, None],
        [None, None],
    ]
    assert [counts(by_second[group]) for group in ("o1", "o2")] == [
        [9, None, None],
        [7, None, None],
    ]


@pytest.mark.both
def test_few_who_left_the_other_question_out_are_a_group_too() -> None:
    first, second = two_questions(make_consultation_to_export())
    make_answers(first, make_people(2, city_pair()[0], "left"), "o1")

    groups = crossed(first, second, second.anchor)[first.pk]

    assert counts(groups[""]) == [None, None, None]
    assert [counts(groups[group])[0] for group in ("o1", "o2")] == [None, 7]


@pytest.mark.both
def test_the_ways_in_are_kept_back_as_in_the_files() -> None:
    first, second = two_questions(make_consultation_to_export())
    own = Response.objects.filter(city=city_pair()[0]).order_by("pk")
    for place, row in enumerate(own[:6]):
        row.channel, row.participant, row.sheet = Channel.PAPER, None, f"A{place}"
        row.save()

    def sizes() -> dict[str, int | None]:
        groups = crossed(first, second, "channel")[first.pk]
        return {name: dict(result.groups)[city_pair()[0]] for name, result in groups.items()}

    before = sizes()
    Response.objects.filter(sheet__in=["A0", "A1"]).delete()

    assert before == {"paper": 6, "web": 19}
    assert sizes() == {"paper": None, "web": None}


def test_any_number_of_questions_costs_one_query(django_assert_num_queries: Any) -> None:
    consultation = make_consultation_to_export()
    two_questions(consultation)
    cities = list(city_pair())
    questions = list(consultation.questions.prefetch_related("options"))

    for by in crossings(questions):
        with django_assert_num_queries(1):
            crossed_results(consultation, questions, cities, by)


# The screen ----------------------------------------------------------------------------------


def colleague(group: str) -> Resident:
    ensure_groups()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


def address(consultation: ConsultationPage) -> str:
    return f"/admin/exports/{consultation.pk}/figures/"


def rows(page: str) -> list[list[str]]:
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in BeautifulSoup(page, "html.parser").select("table.listing tbody tr")
    ]


def test_an_analyst_reads_the_figures_by_city(client: Client) -> None:
    consultation = make_open_consultation_to_export()
    two_questions(consultation)
    make_question(consultation, QuestionType.RANKING, options=2)
    make_question(consultation, QuestionType.NUMBER)
    make_question(consultation)
    client.force_login(colleague(ANALYSTS))

    page = client.get(address(consultation)).content.decode()

    assert "Figures so far" in page
    assert ["Option 1", "16 (64%)", "9 (100%)", "too few to show –"] in rows(page)
    assert ["People", "25", "9", "too few to show –"] in rows(page)


def test_by_city_the_figures_are_drawn_with_the_outcome_of_a_sum_and_the_statements(
    client: Client,
) -> None:
    consultation = make_open_consultation_to_export()
    asked, _other = two_questions(consultation)
    budget = make_budget(consultation)
    voted, unvoted = StatementFactory.create_batch(2, consultation=consultation)
    for number, city in enumerate(city_pair()):
        people = make_people(30, city, "sum")
        make_answers(budget, people, ["o2"])
        make_votes(voted, people[: 20 - 10 * number], "agree")
    client.force_login(colleague(ANALYSTS))

    page = BeautifulSoup(client.get(address(consultation)).content, "html.parser")
    crossed_page = client.get(address(consultation), {"by": "channel"}).content.decode()

    first = page.find(id=asked.anchor).find_parent("section").select_one(".figures")
    assert first.get_text(" ", strip=True) == "Option 1 Alder Bay 64% (16) Puerto Almendro 100% (9)"
    assert [bar["width"] for bar in first.select(".bar-a, .bar-b")] == ["64%", "100%"]
    drawn = [each.get_text(" ", strip=True) for each in page.select(".figures")]
    assert any("Project 2" in text and "In the sum · together so far" in text for text in drawn)
    cards = {
        each: page.find(id=each.anchor).find_parent("section").select_one(".figures")
        for each in (voted, unvoted)
    }
    assert "Puerto Almendro 100% agree" in cards[voted].get_text(" ", strip=True)
    assert "Puerto Almendro too few to show" in cards[unvoted].get_text(" ", strip=True)
    assert 'class="figures"' not in crossed_page
    assert voted.anchor not in crossed_page


@pytest.mark.parametrize("by", ["channel", "organisation_kind", "question-q1", "nothing"])
def test_the_screen_shows_every_kind_of_question_by_whatever_is_asked(
    client: Client, by: str
) -> None:
    consultation = make_consultation_to_export()
    two_questions(consultation)
    people = make_people(6, city_pair()[0], "more")
    ranking = make_question(consultation, QuestionType.RANKING, options=2)
    for question, value in (
        (ranking, ["o2", "o1"]),
        (make_question(consultation, QuestionType.NUMBER), 4),
        (make_question(consultation, QuestionType.DATE), "2026-05-04"),
        (make_question(consultation), "Words"),
    ):
        make_answers(question, people, value)
    client.force_login(colleague(ANALYSTS))

    page = client.get(address(consultation), {"by": by}).content.decode()

    assert "Figures by group" in page
    assert any(row[0] == "Option 1" for row in rows(page))
    assert ("Elsewhere: too few people" in page) is (by != "nothing")
    assert any(row[0].startswith("Median") for row in rows(page))
    assert "Secret" not in page
    assert "Words" not in page


def test_figures_are_read_by_those_who_may_export_when_they_may_be_read(client: Client) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    held = make_consultation_to_export(closes_at=tomorrow, is_anonymous=True)
    first, _second = two_questions(held)

    client.force_login(colleague(EDITORS))
    refused = client.get(address(held)).status_code
    client.force_login(colleague(ANALYSTS))
    page = client.get(address(held)).content.decode()

    assert refused == 403
    assert "There are no figures to be seen yet" in page
    assert not rows(page)
    assert first.text not in page
