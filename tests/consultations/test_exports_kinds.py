"""Rankings, numbers, places and own words in the files: what is told, and what only to staff."""

import json
from decimal import Decimal
from typing import Any

import pytest

from consultations.enums import QuestionType
from consultations.exports.enums import Profile
from consultations.models import Answer, ConsultationPage, Question
from tests.consultations.test_exports import made, read_csv, table
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_consultation_to_export,
    make_people,
    make_question,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def exported(kind: str, value: Any, **fields: Any) -> tuple[ConsultationPage, Question]:
    consultation = make_consultation_to_export()
    question = make_question(consultation, kind, options=3)
    make_answers(question, make_people(5, city_pair()[0]), value)
    Answer.objects.update(**fields)
    return consultation, question


@pytest.mark.parametrize("profile", Profile.values)
@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        (QuestionType.RANKING, ["o3", "o1"], "o3|o1"),
        (QuestionType.NUMBER, 12.5, "12.5"),
        (QuestionType.NUMBER, 12, "12"),
        (QuestionType.DATE, "2027-05-31", "2027-05-31"),
        (QuestionType.LOCATION, "o2", "o2"),
    ],
)
def test_every_kind_is_told_as_it_is_stored(kind: str, value: Any, cell: str, profile: str) -> None:
    consultation, _question = exported(kind, value)

    rows = table(consultation, "answers", profile=profile)

    assert [row["value"] for row in rows] == [cell] * 5


@pytest.mark.parametrize("kind", [QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT])
def test_texts_are_for_staff_only_and_the_public_is_told_how_many_there_are(kind: str) -> None:
    consultation, _question = exported(kind, "By bus")

    public, staff = table(consultation, "answers"), table(consultation, "answers", profile="staff")

    figures = [row["value"] for row in table(consultation, "results") if not row["split"]]
    assert public == []
    assert [row["value"] for row in staff] == ["By bus"] * 5
    assert figures == ["5", "", ""]


def test_own_words_beside_an_answer_are_for_staff_only() -> None:
    words = {"words": "By boat, ask ana@example.org"}
    consultation, _question = exported(QuestionType.SINGLE_CHOICE, "other", **words)

    public, staff = table(consultation, "answers"), table(consultation, "answers", profile="staff")

    assert (public[0]["value"], public[0]["label_en"], public[0]["label_es"]) == (
        *("other", "Other", "Otra opción"),
    )
    assert "words" not in public[0]
    assert staff[0]["words"] == "By boat, ask ana@example.org"


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_an_exact_point_is_for_staff_only(file_format: str) -> None:
    point = {"latitude": Decimal("41.65230"), "longitude": Decimal("-3.28710")}
    consultation, _question = exported(QuestionType.LOCATION, "point", **point)

    public = made(consultation, file_format, tables=["answers"])
    staff = table(consultation, "answers", profile="staff")

    assert (staff[0]["latitude"], staff[0]["longitude"]) == ("41.6523", "-3.2871")
    if file_format != "xlsx":
        assert b"41.65" not in public
        assert b"latitude" not in public
    if file_format == "csv":
        assert read_csv(public)[0]["label_en"] == "Only a point on the map"
    if file_format == "json":
        assert json.loads(public)["schema_version"] == 4


def test_the_codebook_tells_bounds_and_units() -> None:
    consultation = make_consultation_to_export()
    question = make_question(consultation, QuestionType.NUMBER)
    question.number_min, question.number_max = 0, Decimal("120.50")
    question.number_unit_en, question.number_unit_es, question.required = "min", "minutos", True
    question.save()

    (row,) = table(consultation, "questions")

    assert (row["smallest"], row["largest"], row["required"]) == ("0", "120.5", "yes")
    assert (row["unit_en"], row["unit_es"]) == ("min", "minutos")
