"""A data package: another program says it is whole, and it can be counted again."""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from frictionless import Package, system

from consultations.enums import Channel, QuestionType
from consultations.exports.models import ExportLog
from consultations.exports.refusals import InstantToCome
from consultations.exports.services import export
from consultations.models import Answer, ConsultationPage, Response, Vote
from consultations.question_results import question_results
from partnership.tables.columns import Column, Table
from partnership.tables.packages import Described, as_package
from tests.consultations.test_exports import HOSTILE, made
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.tools.turns import taken

pytestmark = pytest.mark.django_db

PROFILES = ("public", "staff")
#: Keys that no count, number or day of these tests looks like.
FAR = 7_000_000_000


def lively() -> ConsultationPage:
    """Every kind of question, votes, comments, a sheet of paper, and hostile words."""
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    people = [
        *make_people(12, alder, first_key=FAR),
        *make_people(7, puerto, first_key=FAR + 100),
        *make_people(3, None, first_key=FAR + 200),
    ]
    for kind, value in (
        (QuestionType.SINGLE_CHOICE, "o1"),
        (QuestionType.MULTIPLE_CHOICE, ["o1", "o3"]),
        (QuestionType.RANKING, ["o3", "o1"]),
        (QuestionType.SCALE, 4),
        (QuestionType.NUMBER, 12.5),
        (QuestionType.DATE, "2027-05-31"),
        (QuestionType.LONG_TEXT, "Call 600 123 456, 41.65230, -3.28710"),
    ):
        make_answers(make_question(consultation, kind, options=3), people, value)
    make_votes(make_statement(consultation), people[:9], "agree")
    make_votes(make_statement(consultation, "Another"), people[9:], "disagree")
    for person, text in zip(people, HOSTILE, strict=False):
        make_comment(consultation, person, text)
    return consultation


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_validator_finds_nothing_wrong_with_it(profile: str) -> None:
    data = made(lively(), "package", profile=profile)

    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
        with system.use_context(trusted=True):
            report = Package(str(Path(folder) / "datapackage.json")).validate()

    assert report.flatten(["fieldName", "rowNumber", "message"]) == []
    assert report.stats["tasks"] == 6


@pytest.mark.parametrize("profile", PROFILES)
def test_the_manifest_names_every_other_file_with_its_size_rows_and_digest(profile: str) -> None:
    files = files_of(made(lively(), "package", profile=profile))
    manifest = json.loads(files.pop("manifest.json"))

    listed = {entry["path"]: entry for entry in manifest["files"]}

    assert list(listed) == list(files)
    for path, data in files.items():
        assert listed[path]["bytes"] == len(data)
        assert listed[path]["sha256"] == hashlib.sha256(data).hexdigest()
    tables = [path for path, entry in listed.items() if "rows" in entry]
    assert {path: listed[path]["rows"] for path in tables} == {
        path: len(rows_of(files[path])) for path in tables
    }
    assert (manifest["schema_version"], manifest["profile"]) == (4, profile)
    assert manifest["filter"]["received_until"] == manifest["as_of"]
    assert bool(manifest["licences"]) is (profile == "public")


def test_the_codebook_and_a_readme_speak_every_language() -> None:
    files = files_of(made(lively(), "package"))

    codebook = rows_of(files["codebook.csv"])

    said = {(row["table"], row["column"], row["value"]): row for row in codebook}
    assert said["answers", "city", ""]["meaning_es"] == "ciudad"
    assert said["results", "measure", "median"]["meaning_en"] == "median"
    assert said["answers", "channel", "paper"]["meaning_es"] == "en papel"
    columns = {(row["table"], row["column"]) for row in codebook if row["column"]}
    for name in ("answers", "questions", "statements", "comments", "results"):
        header = files[f"{name}.csv"].decode().splitlines()[0].split(",")
        assert {(name, key) for key in header} <= columns
    assert json.loads(files["manifest.json"])["licences"]["answers"] == "CC0-1.0"
    assert "read by people and never published one by one" in files["README.en.md"].decode()
    assert "## Files" in files["README.en.md"].decode()
    assert "## Archivos" in files["README.es.md"].decode()


@pytest.mark.both
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("file_format", taken(["package", "xlsx"], "package"))
def test_for_the_same_instant_it_is_the_same_whatever_comes_in_later(
    file_format: str, profile: str
) -> None:
    consultation = lively()
    then = timezone.now()

    first = made(consultation, file_format, profile=profile, as_of=then)
    (late,) = make_people(1, city_pair()[0], "late")
    make_comment(consultation, late, "Too late.")
    make_answers(consultation.questions.first(), [late], "o2")

    assert made(consultation, file_format, profile=profile, as_of=then) == first
    assert made(consultation, file_format, profile=profile) != first


@pytest.mark.both
def test_votes_are_counted_again_for_an_instant_before_the_close() -> None:
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    statement = make_statement(consultation)
    early, late = make_people(6, alder), make_people(5, alder, "late")
    make_votes(statement, early, "agree")
    make_votes(statement, late, "disagree")
    then = consultation.closes_at - timedelta(days=2)
    Vote.objects.filter(participant__in=early).update(changed_at=then)

    files = files_of(made(consultation, "package", profile="staff", as_of=then))

    of_alder = rows_of(files["statements.csv"])[0]
    assert (of_alder["agree"], of_alder["disagree"]) == ("6", "0")


@pytest.mark.both
def test_a_group_that_was_too_small_at_the_instant_is_masked_whatever_came_later() -> None:
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    early, late = make_people(4, alder), make_people(5, alder, "late")
    make_answers(question, [*early, *late], "o1")
    then = timezone.now() - timedelta(hours=1)
    Response.objects.filter(participant__in=early).update(changed_at=then)

    answers, all_of_them = (
        rows_of(files_of(made(consultation, "package", as_of=as_of))["answers.csv"])
        for as_of in (then, None)
    )

    assert (len(answers), len(all_of_them)) == (0, 9)


def test_an_instant_to_come_is_refused() -> None:
    consultation = make_consultation_to_export()
    tomorrow = timezone.now() + timedelta(days=1)

    with pytest.raises(InstantToCome):
        export(consultation, file_format="package", as_of=tomorrow)
    with pytest.raises(CommandError, match="Choose an instant that has passed"):
        call_command("export_consultation", "safe-routes", as_of=tomorrow.isoformat())
    with pytest.raises(CommandError, match="noon is no instant"):
        call_command("export_consultation", "safe-routes", as_of="noon")

    assert not ExportLog.objects.exists()


@pytest.mark.both
def test_the_command_writes_the_same_package_twice(tmp_path: Path) -> None:
    consultation = lively()
    options = {"format": "package", "as_of": timezone.now().isoformat(), "stderr": io.StringIO()}

    for name in ("one.zip", "two.zip"):
        call_command("export_consultation", "safe-routes", output=str(tmp_path / name), **options)

    one, two = (tmp_path / name for name in ("one.zip", "two.zip"))
    assert one.read_bytes() == two.read_bytes()
    digest = hashlib.sha256(one.read_bytes()).hexdigest()
    assert set(ExportLog.objects.values_list("sha256", flat=True)) == {digest}
    assert consultation.exports.count() == 2


@pytest.mark.both
def test_totals_equal_those_of_the_page_the_database_and_a_recount() -> None:
    consultation = lively()
    cities = city_pair()
    files = files_of(made(consultation, "package"))
    results = rows_of(files["results.csv"])
    answers = rows_of(files["answers.csv"])

    page = {
        (result.question.identifier, option.key, share.city.code if share.city else "elsewhere"): (
            share.count
        )
        for result in question_results(
            consultation, consultation.questions.prefetch_related("options"), cities
        )
        for option in result.options
        for share in option.shares
    }
    told = {
        (row["question"], row["option"], row["city"]): int(row["value"]) if row["value"] else None
        for row in results
        if row["measure"] == "option" and not row["split"]
    }
    recounted = Counter(
        (row["question"], value, row["city"])
        for row in answers
        for value in row["value"].split("|")
        if row["type"] in {"single_choice", "multiple_choice", "scale"}
    )
    by_hand = Answer.objects.filter(
        question__type=QuestionType.SINGLE_CHOICE, value="o1", response__city=cities[0]
    ).count()

    assert told == page
    assert {key: number for key, number in told.items() if number} == recounted
    assert told["q1", "o1", cities[0].code] == by_hand == 12


def on_paper(consultation: ConsultationPage, number: int) -> None:
    """Make so many of the answers come from sheets of paper."""
    own = Response.objects.filter(consultation=consultation, city=city_pair()[0])
    for place, pk in enumerate(own.order_by("pk").values_list("pk", flat=True)[:number]):
        Response.objects.filter(pk=pk).update(
            channel=Channel.PAPER, participant=None, sheet=f"A{place}"
        )


@pytest.mark.both
@pytest.mark.parametrize(("sheets", "told"), [(6, ["6", "6"]), (2, ["", ""])])
def test_ways_in_are_told_apart_unless_one_was_taken_by_few(sheets: int, told: list[str]) -> None:
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    make_answers(question, make_people(12, alder), "o1")
    on_paper(consultation, sheets)

    rows = rows_of(files_of(made(consultation, "package"))["results.csv"])

    chosen = [
        row
        for row in rows
        if row["option"] == "o1"
        and row["city"] == alder.code
        and row["split"] != "organisation_kind"
    ]
    assert [row["group"] for row in chosen] == ["", "paper", "web"]
    assert chosen[0]["value"] == "12"
    assert [row["value"] for row in chosen[1:]] == told


def test_a_city_kept_back_with_another_one_is_not_told_by_the_way_it_came() -> None:
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    make_answers(question, [*make_people(12, alder), *make_people(3, puerto)], "o1")

    rows = rows_of(files_of(made(consultation, "package"))["results.csv"])

    assert {row["split"] for row in rows} == {"", "channel", "organisation_kind"}
    assert {row["people"] + row["value"] for row in rows if row["city"] == alder.code} == {""}


@pytest.mark.both
@pytest.mark.parametrize(("sheets", "told"), [(6, {"paper", "web"}), (2, {""})])
def test_an_answer_says_how_it_came_unless_few_came_that_way(sheets: int, told: set[str]) -> None:
    consultation = make_consultation_to_export()
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    make_answers(question, make_people(12, city_pair()[0]), "o1")
    on_paper(consultation, sheets)

    public, staff = (
        rows_of(files_of(made(consultation, "package", profile=profile))["answers.csv"])
        for profile in PROFILES
    )

    assert {row["channel"] for row in public} == told
    assert {row["channel"] for row in staff} == {"paper", "web"}


@pytest.mark.both
def test_while_it_is_open_the_public_is_told_no_results() -> None:
    consultation = make_consultation_to_export(closes_at=timezone.now() + timedelta(days=1))
    question = make_question(consultation, QuestionType.SINGLE_CHOICE, options=2)
    make_answers(question, make_people(9, city_pair()[0]), "o1")

    public, staff = (
        rows_of(files_of(made(consultation, "package", profile=profile))["results.csv"])
        for profile in PROFILES
    )

    assert {row["figures"] for row in public} == {"after_the_close"}
    assert {row["value"] + row["percent"] + row["people"] for row in public} == {""}
    assert staff[0]["value"] == "9"


@pytest.mark.both
def test_hostile_words_are_no_formula_and_break_no_file() -> None:
    files = files_of(made(lively(), "package"))

    for name in (name for name in files if name.endswith(".csv")):
        for cell in (cell for row in rows_of(files[name]) for cell in row.values()):
            for piece in cell.replace(";", "\n").split("\n"):
                bare = piece.strip(" \u200b")
                is_number = bare.removeprefix("-").replace(".", "").isdigit()
                assert is_number or bare[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20")


@pytest.mark.both
def test_a_table_of_many_rows_is_never_all_at_hand() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(200_000):
            asked.append(number)
            yield (f"Row {number}",)

    table = Table("many", (Column("words", "words"),), rows)
    about = Described("many", {"en": "Many"}, timezone.now(), "1", {}, {}, lambda *_: "")
    pieces = as_package(about, [table])

    for _piece in range(3):
        next(pieces)

    assert 0 < len(asked) < 50_000
