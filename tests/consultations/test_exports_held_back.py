"""While a consultation is open its files tell what its page tells; and of which instant."""

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from consultations.disclosure import shows_question_figures
from consultations.enums import Alignment, QuestionType
from consultations.exports.models import ExportLog
from consultations.exports.refusals import NothingYet
from consultations.models import ConsultationPage
from consultations.roadmap.groups import ANALYSTS, ensure_groups
from tests.consultations.test_exports import column, made, table
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_open_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db

HELD = "Ask the harbour master"


def answered(consultation: ConsultationPage) -> ConsultationPage:
    people = make_people(6, city_pair()[0])
    make_answers(make_question(consultation), people, HELD)
    make_answers(make_question(consultation, QuestionType.SINGLE_CHOICE, 2), people, "o1")
    make_votes(make_statement(consultation), people, "agree")
    return consultation


def in_package(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize("file_format", ["csv", "json", "package"])
def test_the_public_reads_no_answer_before_the_close(file_format: str) -> None:
    consultation = answered(make_open_consultation_to_export())

    public = made(consultation, file_format)
    staff = made(consultation, file_format, profile="staff")

    def told(data: bytes) -> bool:
        if file_format == "json":
            return HELD in data.decode()
        return HELD in in_package(data, "answers.csv")

    assert (told(public), told(staff)) == (False, True)


def test_the_files_and_the_page_keep_one_rule() -> None:
    open_one, over = (
        answered(make_open_consultation_to_export(slug="open")),
        make_consultation_to_export(slug="over"),
    )
    people = make_people(6, city_pair()[0], "late")
    make_answers(make_question(over, QuestionType.SINGLE_CHOICE, 2), people, "o1")

    for consultation in (open_one, over):
        on_page = shows_question_figures(consultation, resident=None, response=None)
        results = table(consultation, "results")
        assert bool(table(consultation, "answers")) is on_page
        assert ({row["figures"] for row in results} == {"after_the_close"}) is not on_page


def test_that_a_group_exists_is_a_figure_too() -> None:
    consultation = answered(make_open_consultation_to_export())

    public = table(consultation, "results")
    staff = table(consultation, "results", profile="staff")

    assert {row["split"] for row in public} == {""}
    assert "channel" in {row["split"] for row in staff}


def test_the_command_and_the_form_hold_the_same_back(client: Client) -> None:
    consultation = answered(make_open_consultation_to_export())
    out = io.StringIO()

    call_command("export_consultation", "safe-routes", "--table", "answers", stdout=out)
    client.force_login(analyst())
    sent = client.post(address(consultation), {**PUBLIC, "table": "answers"})

    assert HELD not in out.getvalue()
    assert HELD not in body(sent)


def test_a_package_says_what_is_held_back_and_until_when() -> None:
    consultation = answered(make_open_consultation_to_export())
    until = consultation.closes_at.isoformat()

    public, staff = (made(consultation, "package", profile=who) for who in ("public", "staff"))

    manifest = json.loads(in_package(public, "manifest.json"))
    assert manifest["held_back"] == {
        "what": ["answers", "results", "statement_figures"],
        "until": until,
    }
    assert f"Until it closes ({until})" in in_package(public, "README.en.md")
    assert until in in_package(public, "README.es.md")
    assert "held_back" not in json.loads(in_package(staff, "manifest.json"))
    assert "still open" not in in_package(staff, "README.en.md")
    assert json.loads(made(consultation, "json"))["held_back"]["until"] == until


def test_of_anonymous_answers_staff_are_told_why_there_are_none() -> None:
    consultation = make_open_consultation_to_export(is_anonymous=True)

    package = made(consultation, "package", profile="staff")

    assert json.loads(in_package(package, "manifest.json"))["held_back"]["what"] == [
        "answers",
        "results",
    ]
    assert "one by one they would tell" in in_package(package, "README.en.md")


# Where a comment stands ---------------------------------------------------------------------------


def test_where_a_comment_stands_is_told_by_keys_that_never_change() -> None:
    consultation = make_consultation_to_export()
    statement = make_statement(consultation)
    (person,) = make_people(1, None)
    for stance in Alignment:
        make_comment(consultation, person, statement=statement, alignment=stance)
    make_comment(consultation, person)

    package = made(consultation, "package")

    rows = table(consultation, "comments")
    assert column(rows, "stance") == ["for", "neutral", "against", ""]
    assert column(table(consultation, "comments", profile="staff"), "stance") == (
        ["for", "neutral", "against", ""]
    )
    codebook = list(csv.DictReader(io.StringIO(in_package(package, "codebook.csv"))))
    assert [row["meaning_es"] for row in codebook if row["column"] == "stance"][1:] == [
        "A favor",
        "Ni a favor ni en contra",
        "En contra",
    ]
    schema = json.loads(in_package(package, "datapackage.json"))["resources"]
    fields = {field["name"]: field for entry in schema for field in entry["schema"]["fields"]}
    assert fields["stance"]["constraints"] == {"enum": ["for", "neutral", "against"]}


# Of which instant ---------------------------------------------------------------------------------

PUBLIC = {"table": "comments", "file_format": "csv", "profile": "public", "reason": ""}


def analyst() -> Any:
    ensure_groups()
    person = ResidentFactory(is_staff=True)
    person.groups.add(Group.objects.get(name=ANALYSTS))
    return person


def address(consultation: ConsultationPage) -> str:
    return f"/admin/exports/{consultation.pk}/"


def body(response: Any) -> str:
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_form_takes_an_instant_on_the_clock_of_the_leading_city(client: Client) -> None:
    consultation = make_consultation_to_export(lead_city=city_pair()[1])  # never on UTC
    (person,) = make_people(1, None)
    instant = timezone.now().replace(second=0, microsecond=0) - timedelta(days=3)
    make_comment(consultation, person, "Before", created_at=instant)
    make_comment(consultation, person, "After", created_at=instant + timedelta(minutes=1))
    zone = consultation.lead_city.time_zone
    local = instant.astimezone(ZoneInfo(zone))
    client.force_login(analyst())

    page = client.get(address(consultation)).content.decode()
    sent = client.post(address(consultation), {**PUBLIC, "as_of": f"{local:%Y-%m-%d %H:%M}"})

    assert f"On the clock of {consultation.lead_city.name} ({zone})" in page
    text = body(sent)
    assert ("Before" in text, "After" in text) == (True, False)
    assert ExportLog.objects.get().as_of == instant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2999-01-01 12:00", "Choose an instant that has passed."),
        ("1999-01-01 12:00", "Choose an instant after the opening"),
        ("0001-01-01 00:00", "Enter a valid date/time."),
        ("9999-12-31 23:59", "Enter a valid date/time."),
        ("yesterday", "Enter a valid date/time."),
        ("2027-13-40 25:61", "Enter a valid date/time."),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_an_instant_that_cannot_be_is_refused_beside_its_field(
    client: Client, settings: Any, typed: str, said: str, large: bool
) -> None:
    consultation = make_consultation_to_export()
    settings.LARGE_EXPORT = -1 if large else 10_000
    client.force_login(analyst())

    answer = client.post(address(consultation), {**PUBLIC, "as_of": typed})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["as_of"]
    assert said in answer.content.decode()
    assert typed in answer.content.decode()
    assert not ExportLog.objects.exists()


def test_the_command_refuses_the_time_before_the_opening() -> None:
    consultation = make_consultation_to_export()

    with pytest.raises(NothingYet):
        made(consultation, as_of=consultation.opens_at - timedelta(seconds=1))
