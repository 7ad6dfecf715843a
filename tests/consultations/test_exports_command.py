"""manage.py export_consultation"""

import io
import json
import stat
import zipfile
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from consultations.exports.models import ExportLog
from consultations.models import ConsultationPage
from tests.factories.drafts import make_draft
from tests.factories.exports import make_comment, make_consultation_to_export, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def consultation_with_a_comment() -> None:
    consultation = make_consultation_to_export(local_slug_es="caminos-seguros")
    (person,) = make_people(1, None)
    make_comment(consultation, person, "Please do.")


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export_consultation", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("slug", ["safe-routes", "caminos-seguros"])
def test_the_address_in_any_language_will_do(slug: str) -> None:
    assert "Please do." in run(slug)


def test_csv_alone_is_comments_and_written_answers() -> None:
    assert (
        run("safe-routes", "--format", "csv")
        .splitlines()[0]
        .endswith(
            "key,source,question,reply_to,city,channel,session,language,written_on,text,"
            "translation_en,translation_origin_en,translation_es,translation_origin_es"
        )
    )


def test_one_table_can_be_asked_for() -> None:
    assert "statement,text_en" in run("safe-routes", "--table", "statements")


def test_json_goes_to_standard_output() -> None:
    assert json.loads(run("safe-routes", "--format", "json"))["profile"] == "public"


def test_what_is_written_is_read_by_nobody_else(tmp_path: Path) -> None:
    earlier = tmp_path / "all.json"
    earlier.touch(0o644)
    (tmp_path / ".all.json.part").touch(0o644)  # of an export that was killed

    run("safe-routes", "--format", "json", "--output", str(earlier))
    run("safe-routes", "--output", f"{tmp_path}/tables/")

    written = [earlier, *(tmp_path / "tables").iterdir()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_a_folder_gets_a_file_per_table_and_a_zip_holds_the_same(tmp_path: Path) -> None:
    run("safe-routes", "--output", f"{tmp_path}/tables/")
    run("safe-routes", "--output", f"{tmp_path}/all.zip")

    files = sorted((tmp_path / "tables").iterdir())
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert [file.name for file in files] == [
        "answers.csv",
        "codebook.csv",
        "comments.csv",
        "questions.csv",
        "results.csv",
        "statements.csv",
    ]
    assert {file.name: file.read_bytes() for file in files} == packed
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert ExportLog.objects.count() == 2


def test_a_folder_holds_the_paragraphs_of_a_draft_text_too(tmp_path: Path) -> None:
    make_draft("A paragraph.", consultation=ConsultationPage.objects.get())

    run("safe-routes", "--output", f"{tmp_path}/tables/")

    assert (tmp_path / "tables" / "paragraphs.csv").exists()


def test_a_workbook_is_written_to_a_file(tmp_path: Path) -> None:
    run("safe-routes", "--format", "xlsx", "--output", str(tmp_path / "all.xlsx"))

    assert openpyxl.load_workbook(tmp_path / "all.xlsx")["comments"]["P4"].value == "Please do."


def test_the_staff_profile_has_names_and_is_logged_as_done_on_the_server() -> None:
    assert "private.example" in run("safe-routes", "--profile", "staff", "--reason", "Audit")

    log = ExportLog.objects.get()
    assert (log.exported_by, log.profile, log.reason, log.rows) == (None, "staff", "Audit", 1)


def test_an_unknown_address_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match=r'no consultation "nowhere"\. There are: safe-routes'):
        run("nowhere")


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        run("safe-routes", "--output", str(tmp_path / "missing" / "file.csv"))

    assert list(tmp_path.iterdir()) == []
