"""A page, a file and an export keep back the same groups, so that none of them tells another's."""

import json
from itertools import permutations

import pytest

from consultations.enums import Channel, QuestionType
from consultations.exports.services import export
from consultations.models import ConsultationPage, Question, Response
from consultations.question_results import question_results
from consultations.results import statement_results
from consultations.snapshots.reading import question_figures
from consultations.snapshots.services import freeze
from consultations.split_results import split_results
from consultations.tallies import recount
from partnership.cities.models import City
from partnership.masking import masked_parts, masked_places
from tests.factories.cities import CityFactory, city_pair
from tests.factories.exports import (
    make_answers,
    make_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]

#: Of the kinds of speakers two are equal, and in the order of the form not as in the alphabet.
KINDS = {"": 20, "civil_society": 5, "business": 5, "school": 2}


@pytest.mark.parametrize("mask", [masked_parts, masked_places])
@pytest.mark.parametrize("sizes", [{"": 20, "a": 5, "b": 5, "c": 2}, {"a": 9, "b": 9, "c": 4}])
def test_in_whatever_order_groups_come_the_same_are_kept_back(mask, sizes):
    found = {mask(dict(order)) for order in permutations(sizes.items())}

    assert len(found) == 1


def spoken_for() -> tuple[ConsultationPage, Question]:
    """A question that people of Alder Bay answered for organisations of several kinds."""
    consultation = make_consultation_to_export()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    alder, puerto = city_pair()
    for kind, number in KINDS.items():
        people = make_people(number, alder, kind or "nobody")
        make_answers(question, people, "o2" if kind else "o1")
        own = Response.objects.filter(participant__in=people)
        own.update(organisation_kind=kind, organisation_name="Ours" if kind else "")
    make_answers(question, make_people(30, puerto), "o1")
    recount(consultation)
    return consultation, question


def test_a_kind_that_the_page_keeps_back_is_in_no_file():
    consultation, question = spoken_for()
    cities = city_pair()
    (split,) = split_results(consultation, [question], cities)
    exported = {kind: split.groups["organisation_kind", kind].groups[0][1] for kind in KINDS}

    def on_page(kind: str) -> int | None:
        (part,) = question_results(consultation, [question], cities, speaking=kind)
        return part.groups[0][1]

    def frozen(kind: str) -> int | None:
        (part,) = question_figures(snapshot, consultation, [question], cities, speaking=kind)
        return part.groups[0][1]

    snapshot = freeze(consultation)
    assert {kind: on_page(kind) for kind in KINDS} == exported
    assert {kind: frozen(kind) for kind in KINDS} == exported
    assert exported == {"": 20, "civil_society": 5, "business": None, "school": None}


def test_answers_do_not_tell_the_way_that_the_figures_keep_back():
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    both, few = (make_question(consultation, QuestionType.SINGLE_CHOICE, 2) for _ in range(2))
    people = make_people(20, alder)
    for question in (both, few):
        make_answers(question, [*people, *make_people(9, puerto, question.identifier)], "o1")
    sheets = make_people(6, alder, "sheet")
    make_answers(both, sheets, "o1")
    make_answers(few, sheets[:2], "o2")
    for place, own in enumerate(Response.objects.filter(participant__in=sheets)):
        own.channel, own.participant, own.sheet = Channel.PAPER, None, f"A{place}"
        own.save()

    made = export(consultation, file_format="json", tables=["answers", "results"])

    tables = json.loads(b"".join(made.pieces))["tables"]
    told = {(row["question"], row["channel"]) for row in tables["answers"]["rows"]}
    kept_back = {
        row["question"]
        for row in tables["results"]["rows"]
        if (row["split"], row["city"], row["people"]) == ("channel", "alder", None)
    }
    assert kept_back == {"q2"}
    assert told == {("q1", "web"), ("q1", "paper"), ("q2", "")}


def test_cities_in_another_order_are_kept_back_alike():
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    third = CityFactory(code="bilbao")
    statement = make_statement(consultation)
    for city, number in ((alder, 3), (puerto, 9), (third, 9)):
        make_votes(statement, make_people(number, city, city.code), "agree")

    def shown(cities: list[City]) -> set[str]:
        (result,) = statement_results(consultation, cities)
        return {votes.city.code for votes in result.cities if votes.city and not votes.is_masked}

    assert shown([alder, puerto, third]) == shown([third, puerto, alder]) == {"puerto"}
