"""Every file of a consultation says what its codes mean, by which clock, and what is in it."""

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from django.utils.translation import override

from consultations.enums import ContributionKind
from consultations.models import ConsultationPage
from tests.consultations.test_exports import HEADERS, made
from tests.consultations.test_packages import files_of, lively, rows_of
from tests.factories.cities import NeighbourhoodFactory, city_pair
from tests.factories.exports import make_comment, make_consultation_to_export, make_people

pytestmark = pytest.mark.django_db


def with_an_idea(**fields: Any) -> ConsultationPage:
    """A closed consultation with an idea that has a place and a neighbourhood."""
    consultation = make_consultation_to_export(**fields)
    (person,) = make_people(1, city_pair()[0], "idea")
    make_comment(
        consultation,
        person,
        kind=ContributionKind.IDEA,
        neighbourhood=NeighbourhoodFactory(code="quay", name_en="The quay", name_es="El muelle"),
        latitude="51.501000",
        longitude="-0.142000",
    )
    return consultation


def readme(consultation: ConsultationPage, code: str = "en", **choice: Any) -> str:
    return files_of(made(consultation, "package", **choice))[f"README.{code}.md"].decode()


@pytest.mark.parametrize(
    ("table", "column", "value", "english", "spanish"),
    [
        ("comments", "translation_origin_es", "volunteer", "a neighbour", "alguien del vecindario"),
        ("comments", "neighbourhood", "quay", "The quay", "El muelle"),
        ("results", "group", "paper", "on paper", "en papel"),
        (
            *("results", "group", ""),
            "everybody of the city; by kind of organisation, whoever speaks for none",
            "toda la gente de la ciudad; por tipo de organización, quien no habla por ninguna",
        ),
        ("results", "group", "school", "school", "escuela"),
        ("statements", "wording_en", "machine", "a machine", "una máquina"),
        ("questions", "place", "puerto", "Puerto Almendro", "Puerto Almendro"),
    ],
)
def test_the_codebook_explains_every_code(
    table: str, column: str, value: str, english: str, spanish: str
) -> None:
    codebook = rows_of(files_of(made(with_an_idea(), "package"))["codebook.csv"])

    said = {
        (row["table"], row["column"], row["value"]): row
        for row in codebook
        if row["type"] == "value"
    }
    row = said[table, column, value]
    assert (row["meaning_en"], row["meaning_es"]) == (english, spanish)


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_a_workbook_and_a_zip_of_tables_bring_the_same_codebook(file_format: str) -> None:
    consultation = with_an_idea()
    package = rows_of(files_of(made(consultation, "package"))["codebook.csv"])

    codebook = codebook_in(made(consultation, file_format), file_format)

    keys, *headings = codebook[:HEADERS]
    assert keys == list(package[0])
    assert [row[0] for row in headings] == ["table", "tabla"]
    assert codebook[HEADERS:] == [list(row.values()) for row in package]


def codebook_in(data: bytes, file_format: str) -> list[list[str]]:
    """The rows of the codebook in a workbook, or in a zip of tables."""
    if file_format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data))["codebook"]
        return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    text = files_of(data)["codebook.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_where_words_were_said_is_explained_too() -> None:
    data = made(lively(), "package", profile="staff", tables=["words"])

    said = {row["value"] for row in rows_of(files_of(data)["codebook.csv"])}

    assert {"idea", "comment", "answer"} <= said


def test_json_explains_its_columns_and_codes_and_names_its_licences() -> None:
    consultation = with_an_idea()

    public = json.loads(made(consultation, "json"))
    staff = json.loads(made(consultation, "json", profile="staff"))

    columns = {each["key"]: each for each in public["tables"]["comments"]["columns"]}
    assert columns["lat"]["type"] == "number"
    assert columns["stance"]["values"]["against"] == {"en": "Against it", "es": "En contra"}
    assert "values" not in columns["text"]
    assert (public["licences"]["answers"], public["licences"]["comments"]) == (
        "CC0-1.0",
        "CC-BY-4.0",
    )
    assert "licences" not in staff
    assert staff["time_zones"] == {"comments": "UTC", "answers": "UTC"}


def test_the_days_have_a_time_zone() -> None:
    consultation = with_an_idea(lead_city=city_pair()[1])

    said = json.loads(made(consultation, "json"))

    assert said["time_zones"] == {"comments": "Europe/Madrid", "answers": "Europe/Madrid"}
    assert "the time zone Europe/Madrid" in readme(consultation)
    assert "la zona horaria Europe/Madrid" in readme(consultation, "es")
    assert "Times are in UTC." in readme(consultation, profile="staff")


def test_days_of_anonymous_answers_are_told_apart_from_those_of_comments() -> None:
    consultation = with_an_idea(is_anonymous=True, lead_city=city_pair()[1])

    said = json.loads(made(consultation, "json"))

    assert said["time_zones"] == {"comments": "Europe/Madrid", "answers": "UTC"}
    assert "Days of answers are those of UTC" in readme(consultation)


def test_what_it_says_of_places_is_true() -> None:
    """Ideas are on the public map with their points, and so they are in the file."""
    consultation = with_an_idea()

    files = files_of(made(consultation, "package"))

    assert rows_of(files["comments.csv"])[0]["lat"] == "51.501"
    said = files["README.en.md"].decode()
    assert "Places on the map, names" not in said
    assert "an idea has the place its author put on the public map" in said


def test_the_same_package_is_made_whatever_language_it_is_asked_for_in() -> None:
    consultation = with_an_idea()
    then = consultation.closes_at

    packages = set()
    for code in ("en", "es"):
        with override(code):
            packages.add(made(consultation, "package", as_of=then))

    assert len(packages) == 1
    assert zipfile.ZipFile(io.BytesIO(packages.pop())).testzip() is None
