"""What leaves the house, for whom, and that it can be counted again."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

import openpyxl
import pytest

from consultations.enums import PublicationStatus, QuestionType
from consultations.exports.enums import Profile, TableName
from consultations.exports.models import ExportLog
from consultations.exports.refusals import NotForStaff, ReasonMissing
from consultations.exports.services import export
from consultations.models import ConsultationPage, Statement
from consultations.results import statement_results
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.exports import (
    make_answers,
    make_comment,
    make_consultation_to_export,
    make_many_words,
    make_open_consultation_to_export,
    make_people,
    make_question,
    make_statement,
    make_votes,
)
from tests.factories.people import ResidentFactory
from tests.tools.turns import taken

pytestmark = [pytest.mark.django_db, pytest.mark.both]

HEADERS = 3  # the keys, English, Spanish
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "\u200b=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "harmless\n=cmd|' /C calc'!A0",
    "harmless;=1+1",
    "bell \x07 and \x1b and \x85",
    "turned \u202e round",
    'a "quote", a comma',
    "https://example.org/",
)


def made(consultation: ConsultationPage, file_format: str = "csv", **choice: Any) -> bytes:
    return b"".join(export(consultation, file_format=file_format, **choice).pieces)


def read_csv(data: bytes) -> list[dict[str, str]]:
    keys, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [dict(zip(keys, row, strict=True)) for row in rows[HEADERS - 1 :]]


def table(consultation: ConsultationPage, name: str, **choice: Any) -> list[dict[str, str]]:
    return read_csv(made(consultation, tables=[name], **choice))


def column(rows: Iterable[dict[str, str]], key: str) -> list[str]:
    return [row[key] for row in rows]


def test_a_table_starts_with_its_keys_and_a_row_of_headings_per_language() -> None:
    consultation = make_consultation_to_export()

    data = made(consultation, tables=["comments"])

    keys, english, spanish, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert data.startswith(b"\xef\xbb\xbf")
    assert keys == [
        "key",
        "kind",
        "reply_to",
        "statement",
        "board",
        "paragraph",
        "city",
        "channel",
        "session",
        "language",
        "written_on",
        "neighbourhood",
        "title",
        "lat",
        "lon",
        "text",
        "translation_en",
        "translation_origin_en",
        "translation_es",
        "translation_origin_es",
        "stance",
        "partner",
    ]
    assert (english[6], len(spanish), rows) == ("city", len(keys), [])


def test_comments_come_as_one_row_each_and_for_staff_written_answers_too() -> None:
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    people = make_people(6, alder)
    first = make_comment(consultation, people[0], "Please do.")
    make_comment(consultation, people[1], "I agree.", parent=first)
    make_answers(make_question(consultation), people, "A bench.")

    public = table(consultation, "words")
    rows = table(consultation, "words", profile=Profile.STAFF)

    assert column(public, "text") == ["Please do.", "I agree."]
    assert column(rows, "text") == ["Please do.", "I agree.", *["A bench."] * 6]
    assert column(rows, "source") == ["comment", "comment", *["answer"] * 6]
    assert rows[1]["reply_to"] == rows[0]["key"]
    assert {row["city"] for row in rows} == {"alder"}


def test_the_public_reads_published_comments_only_and_staff_all_of_them() -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    make_comment(consultation, person, "Shown.")
    make_comment(consultation, person, "Waiting.", publication_status=PublicationStatus.PENDING)
    make_comment(consultation, person, "Hidden.", publication_status=PublicationStatus.HIDDEN)

    public = table(consultation, "comments")
    staff = table(consultation, "comments", profile=Profile.STAFF)

    assert column(public, "text") == ["Shown."]
    assert column(staff, "publication_status") == ["published", "pending", "hidden"]
    assert {row["email"] for row in staff} == {person.resident.email}


def test_the_public_is_told_of_published_statements_only() -> None:
    consultation = make_consultation_to_export()
    make_statement(consultation, "Shown")
    for status in (PublicationStatus.PENDING, PublicationStatus.HIDDEN):
        held = make_statement(consultation, str(status))
        Statement.objects.filter(pk=held.pk).update(publication_status=status)

    public = table(consultation, "statements")
    staff = table(consultation, "statements", profile=Profile.STAFF)

    assert set(column(public, "text_en")) == {"Shown"}
    assert set(column(staff, "text_en")) == {"Shown", "pending", "hidden"}


@pytest.mark.parametrize("file_format", taken(["csv", "xlsx", "json"], "csv"))
def test_nothing_personal_is_in_the_public_profile(file_format: str) -> None:
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    people = [*make_people(6, alder), *make_people(6, puerto)]
    statement = make_statement(consultation)
    make_votes(statement, people, "agree")
    make_answers(make_question(consultation), people, "Call me: 600 123 456 or me@home.example")
    for person in people:
        make_comment(consultation, person)

    data = made(consultation, file_format)

    text = unpacked(data)
    for resident in Resident.objects.all():
        assert resident.name not in text
        assert resident.email not in text
    for private in ("600 123 456", "me@home.example", "private.example", "participant"):
        assert private not in text


def unpacked(data: bytes) -> str:
    """All the text of a file, whatever it is packed in."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_the_rows_of_one_person_cannot_be_put_together_by_the_public() -> None:
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    people = make_people(40, alder)
    for _number in range(2):
        question = make_question(consultation, QuestionType.NUMBER)
        for place, person in enumerate(people):
            make_answers(question, [person], place)

    rows = table(consultation, "answers")

    first, second = column(rows[:40], "value"), column(rows[40:], "value")
    assert sorted(first) == sorted(second)
    assert first != second
    assert len({row["key"] for row in rows}) == 80


def test_totals_of_statements_equal_those_of_the_page() -> None:
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    statement = make_statement(consultation)
    make_votes(statement, make_people(7, alder), "agree")
    make_votes(statement, make_people(5, alder, "doubter"), "pass")
    make_votes(statement, make_people(6, puerto), "disagree")

    rows = table(consultation, "statements")

    (result,) = statement_results(consultation, [alder, puerto])
    shown = [
        (str(votes.agree_count), str(votes.disagree_count), str(votes.passed_count))
        for votes in result.cities
    ]
    assert [(row["agree"], row["disagree"], row["pass"]) for row in rows[:2]] == shown
    assert shown == [("7", "0", "5"), ("0", "6", "0")]
    assert column(rows, "city") == ["alder", "puerto", "elsewhere"]


def test_a_group_under_five_is_masked_for_the_public_and_told_to_staff() -> None:
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    statement = make_statement(consultation)
    make_votes(statement, make_people(5, alder), "agree")
    make_votes(statement, make_people(4, puerto), "agree")

    public = table(consultation, "statements")
    staff = table(consultation, "statements", profile=Profile.STAFF)

    assert column(public, "agree") == ["", "", ""]
    assert column(public, "figures") == ["with_a_small_group", "under_5", "under_5"]
    assert column(staff, "agree") == ["5", "4", "0"]


def test_groups_of_five_and_more_are_told_to_everybody() -> None:
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    statement = make_statement(consultation)
    make_votes(statement, make_people(5, alder), "agree")
    make_votes(statement, make_people(6, puerto, "neighbour"), "agree")

    public = table(consultation, "statements")

    assert column(public, "agree") == ["5", "6", ""]
    assert column(public, "figures") == ["shown", "shown", "under_5"]


def test_while_people_vote_the_public_profile_has_no_figures_of_statements() -> None:
    consultation = make_open_consultation_to_export()
    alder, _puerto = city_pair()
    make_votes(make_statement(consultation), make_people(9, alder), "agree")

    public = table(consultation, "statements")
    staff = table(consultation, "statements", profile=Profile.STAFF)

    assert {row["figures"] for row in public} == {"after_the_close"}
    assert {row["agree"] + row["votes"] for row in public} == {""}
    assert staff[0]["agree"] == "9"


def test_chosen_answers_carry_identifiers_and_words_in_every_language() -> None:
    consultation = make_consultation_to_export()
    alder, _puerto = city_pair()
    question = make_question(consultation, QuestionType.MULTIPLE_CHOICE, options=3)
    make_answers(question, make_people(5, alder), ["o1", "o3"])

    row = table(consultation, "answers")[0]

    assert (row["question"], row["value"]) == ("q1", "o1|o3")
    assert row["label_en"] == row["label_es"] == "Option 1|Option 3"


def test_answers_of_a_masked_group_are_left_out() -> None:
    consultation = make_consultation_to_export()
    alder, puerto = city_pair()
    many, few = make_people(6, alder), make_people(2, puerto)
    scale = make_question(consultation, QuestionType.SCALE)
    make_answers(scale, [*many, *few], 4)

    assert table(consultation, "answers") == []


def test_no_cell_is_a_formula_when_a_csv_is_read_again() -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    for text in HOSTILE:
        make_comment(consultation, person, text)

    rows = table(consultation, "comments")

    assert len(rows) == len(HOSTILE)
    for text in column(rows, "text"):
        for piece in text.replace(";", "\n").split("\n"):
            assert piece.strip(" \u200b")[:1] not in set("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
        assert not set(text) & set("\t\r\x07\x1b\x85\u202e")


def test_no_cell_is_a_formula_or_a_link_when_a_workbook_is_read_again() -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    for text in HOSTILE:
        make_comment(consultation, person, text)

    book = openpyxl.load_workbook(io.BytesIO(made(consultation, "xlsx")))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert book["comments"].max_row == HEADERS + len(HOSTILE)


def test_a_workbook_has_a_sheet_for_every_table_and_a_zip_a_file() -> None:
    consultation = make_consultation_to_export()

    book = openpyxl.load_workbook(io.BytesIO(made(consultation, "xlsx")))
    archive = zipfile.ZipFile(io.BytesIO(made(consultation)))

    names = ["answers", "questions", "statements", "comments", "results", "codebook"]
    assert book.sheetnames == names
    assert archive.namelist() == [f"{name}.csv" for name in names]
    assert archive.testzip() is None


def test_json_says_what_it_is_about_and_keeps_words_as_they_were_written() -> None:
    consultation = make_consultation_to_export()
    (person,) = make_people(1, None)
    make_comment(consultation, person, "=1+1 “é” \x07")

    document = json.loads(made(consultation, "json"))

    (row,) = document["tables"]["comments"]["rows"]
    assert document["consultation"]["slugs"]["en"] == "safe-routes"
    assert document["profile"] == "public"
    assert row["text"] == "=1+1 “é” "


@pytest.mark.parametrize("file_format", taken(["csv", "xlsx", "json"], "csv"))
@pytest.mark.parametrize("profile", ["public", "staff"])
def test_the_same_rows_make_the_same_bytes(file_format: str, profile: str) -> None:
    consultation = make_consultation_to_export()
    make_many_words(consultation, 20)
    make_statement(consultation)

    first = made(consultation, file_format, profile=profile)
    second = made(consultation, file_format, profile=profile)

    assert first == second


def test_five_thousand_contributions_are_five_thousand_rows() -> None:
    consultation = make_consultation_to_export()
    make_many_words(consultation, 5000)

    rows = table(consultation, "words", profile=Profile.STAFF)

    assert len(rows) == 5000
    assert len({row["key"] for row in rows}) == 5000
    assert column(rows, "source").count("answer") == 2500


def test_an_export_is_logged_with_its_rows_and_one_that_broke_off_without() -> None:
    consultation = make_consultation_to_export()
    make_many_words(consultation, 10)

    made(consultation, tables=[TableName.WORDS])
    next(export(consultation, file_format="json").pieces)

    broken, whole = ExportLog.objects.all()
    assert (whole.profile, whole.format, whole.tables, whole.rows) == ("public", "csv", "words", 5)
    assert (broken.format, broken.rows) == ("json", None)


def test_staff_columns_are_refused_to_whoever_may_not_and_to_whoever_says_no_reason() -> None:
    consultation = make_consultation_to_export()
    superuser = ResidentFactory(is_superuser=True)
    choice = {"file_format": "csv", "profile": "staff"}

    with pytest.raises(NotForStaff):
        export(consultation, **choice, exported_by=ResidentFactory(), reason="Because")
    with pytest.raises(ReasonMissing):
        export(consultation, **choice, exported_by=superuser, reason="  ")

    assert ExportLog.objects.count() == 0
