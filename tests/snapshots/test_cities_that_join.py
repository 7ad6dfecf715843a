"""Final results speak of the cities that were there, whoever joins the partnership later."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from consultations.enums import QuestionType
from consultations.exports.enums import Profile, TableName
from consultations.exports.scope import Scope
from consultations.exports.services import named_table
from consultations.models import ConsultationPage, Statement
from consultations.results import Verdict
from consultations.snapshots.reading import question_figures, statement_figures
from consultations.snapshots.services import freeze, verify
from partnership.cities.models import City
from tests.factories.cities import CityFactory, city_pair
from tests.factories.exports import (
    make_answers,
    make_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)

pytestmark = pytest.mark.django_db


def agreed_on() -> tuple[ConsultationPage, Statement]:
    """A consultation in whose one statement both cities agree, and one question."""
    consultation = make_consultation_to_export()
    people = [person for city in city_pair() for person in make_people(60, city, city.code)]
    statement = make_statement(consultation)
    make_votes(statement, people, "agree")
    make_answers(make_question(consultation, QuestionType.SINGLE_CHOICE, 2), people, "o1")
    return consultation, statement


def join() -> list[City]:
    """All cities, one of them new."""
    CityFactory(code="newtown", name="Newtown")
    return list(City.objects.all())


@pytest.mark.both
def test_a_city_that_joins_changes_no_published_verdict() -> None:
    consultation, statement = agreed_on()
    snapshot = freeze(consultation)

    cities = join()

    (figures,) = statement_figures(snapshot, [statement], cities)
    (answers,) = question_figures(
        snapshot, consultation, list(consultation.questions.all()), cities
    )
    assert (figures.verdict, figures.differences) == (Verdict.COMMON, [])
    assert tuple(votes.city for votes in figures.cities) == city_pair()
    assert [city for city, _people in answers.groups] == [*city_pair(), None]
    assert verify(snapshot).drift == []


def test_a_verdict_is_read_as_it_was_published() -> None:
    consultation, statement = agreed_on()
    snapshot = freeze(consultation)
    snapshot.content["statements"][0]["verdict"] = ""

    (figures,) = statement_figures(snapshot, [statement], city_pair())

    assert figures.verdict == Verdict.NONE


def test_a_correction_speaks_of_the_cities_it_corrects() -> None:
    consultation, statement = agreed_on()
    freeze(consultation)
    join()
    make_votes(statement, make_people(6, city_pair()[0], "late"), "agree")

    second = freeze(consultation, reason="Six votes came late.")

    assert second.content["cities"] == ["alder", "puerto"]
    assert second.content["statements"][0]["verdict"] == "common"


@pytest.mark.parametrize("address", ["", "results/"])
def test_the_pages_compare_nobody_with_a_city_that_was_not_there(
    address: str, client: Client
) -> None:
    consultation, _statement = agreed_on()
    freeze(consultation)
    join()

    page = client.get(f"{consultation.url}{address}").content.decode()

    figures = page.partition('id="statements"')[2].partition("</section>")[0]
    assert "Common ground: at least" in figures
    assert "wants this more than" not in page
    assert "Newtown" not in figures


def test_the_file_is_the_same(client: Client) -> None:
    consultation, _statement = agreed_on()
    freeze(consultation)

    join()

    file = json.loads(client.get(f"{consultation.url}results/1.json").content)
    assert file["cities"] == ["alder", "puerto"]


@pytest.mark.both
def test_what_closed_before_a_city_joined_is_counted_without_it(client: Client) -> None:
    """Also while nothing is final: nobody there was asked."""
    consultation, _statement = agreed_on()
    CityFactory(code="newtown", name="Newtown", joined_on=timezone.localdate())

    page = client.get(consultation.url).content.decode()
    told = page.partition('id="statements"')[2].partition("</section>")[0]
    table = scope_of(consultation)
    snapshot = freeze(consultation)

    assert "Common ground: at least" in told
    assert "Newtown" not in page.partition("<main")[2].partition("</main>")[0]
    assert "newtown" not in table
    assert snapshot.content["cities"] == ["alder", "puerto"]
    assert verify(snapshot).drift == []


def scope_of(consultation: ConsultationPage) -> str:
    """The statements and the results as staff export them."""
    scope = Scope(consultation, Profile.STAFF, None)
    rows = [
        row
        for name in (TableName.STATEMENTS, TableName.RESULTS)
        for row in named_table(name, scope).rows()
    ]
    return str(rows)
