"""Two published results, put side by side, tell of nobody what they said."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from consultations.asking.services import enter_paper
from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage
from consultations.snapshots.content import differs_by_few
from consultations.snapshots.groups import ensure_groups
from consultations.snapshots.refusals import TooFewBetween
from consultations.snapshots.services import freeze
from consultations.tallies import recount
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def published() -> ConsultationPage:
    """Final results of one question that 20 people of each city answered."""
    consultation = make_consultation_to_export()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=3)
    for city in city_pair():
        make_answers(question, make_people(20, city, city.code), "o1")
    recount(consultation)
    freeze(consultation)
    return consultation


def late_sheets(consultation: ConsultationPage, *numbers: int) -> None:
    for number in numbers:
        enter_paper(
            consultation,
            by=ResidentFactory(is_staff=True),
            sheet=str(number),
            city=city_pair()[0],
            language_code="en",
            answers={"q1": "o3"},
            corrects=True,
            form_token=None,
        )


@pytest.mark.both
@pytest.mark.parametrize("sheets", [1, 4])
def test_results_that_few_people_lie_between_are_not_replaced(sheets: int) -> None:
    consultation = published()
    late_sheets(consultation, *range(sheets))

    with pytest.raises(TooFewBetween, match="fewer than 5 people"):
        freeze(consultation, reason="Late sheets")

    assert consultation.snapshots.count() == 1


def test_five_people_are_enough() -> None:
    consultation = published()
    late_sheets(consultation, *range(5))

    second = freeze(consultation, reason="Late sheets")

    assert (second.number, consultation.snapshots.count()) == (2, 2)


def test_every_published_file_is_kept_apart_and_not_the_last_one_only() -> None:
    consultation = published()
    late_sheets(consultation, *range(6))
    freeze(consultation, reason="Late sheets")
    first = [answer.response for answer in Answer.objects.filter(value="o3")[:5]]
    for response in first:
        response.delete()
    recount(consultation)

    with pytest.raises(TooFewBetween):
        freeze(consultation, reason="They were no sheets of ours.")


@pytest.mark.both
def test_a_few_votes_are_told_apart_too() -> None:
    consultation = make_consultation_to_export()
    statement = make_statement(consultation)
    make_votes(statement, make_people(20, city_pair()[0]), "agree")
    make_votes(statement, make_people(20, city_pair()[1]), "agree")
    freeze(consultation)
    make_votes(statement, make_people(4, city_pair()[0], "late"), "disagree")

    with pytest.raises(TooFewBetween):
        freeze(consultation, reason="Late votes")


def figures(**row: Any) -> dict[str, Any]:
    whole = {"split": "", "group": "", "city": "alder", **row}
    return {"questions": [{"identifier": "q1", "figures": [whole]}], "statements": []}


@pytest.mark.parametrize(
    ("before", "now", "is_few"),
    [
        ({"people": 9, "options": {"o1": 9}}, {"people": 9, "options": {"o1": 9}}, False),
        ({"people": 9, "options": {"o1": 9}}, {"people": 9, "options": {"o1": 8}}, True),
        ({"people": 9, "options": {"o1": 9}}, {"people": 9, "options": {"o1": 4}}, False),
        ({"people": 9, "median": "3.0"}, {"people": 9, "median": "4.0"}, True),
        ({"people": 9, "median": "3.0"}, {"people": 14, "median": "4.0"}, False),
        ({"people": None}, {"people": 6, "options": {"o1": 6}}, False),
        ({"people": 6, "options": {"o1": 6}}, {"people": None}, False),
        ({"people": 9}, {"people": 9, "on_paper": 0}, False),
    ],
)
def test_what_lies_between_two_groups_of_figures(
    before: dict[str, Any], now: dict[str, Any], is_few: bool
) -> None:
    assert differs_by_few(figures(**before), figures(**now)) is is_few


def test_staff_are_told_why_and_readers_where(client: Client) -> None:
    consultation = published()
    late_sheets(consultation, 1)
    ensure_groups()
    editor = ResidentFactory(is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    editor.edits_for.add(city_pair()[0])
    client.force_login(editor)

    refused = client.post(f"/admin/results/{consultation.pk}/", {"reason": "A late sheet"})
    page = Client().get(f"{consultation.url}results/").content.decode()

    assert refused.status_code == 422
    assert "fewer than 5 people lie between" in refused.content.decode()
    assert "Question q1, Alder Bay" in page
