"""What an analyst's own program makes of our files: LibreOffice reads them, and calculates nothing.

It is no package of the suite, being ten times as large as all the others: ``make bench`` installs
it where it may, and this is not run where it is missing.
"""

import csv
import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from consultations.exports.services import export
from tests.consultations.test_exports import HEADERS, HOSTILE, read_csv
from tests.factories.cities import city_pair
from tests.factories.exports import make_comment, make_consultation_to_export, make_people
from tests.tools import machine

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

PROGRAM = machine.find("libreoffice-calc")
if PROGRAM is None:
    pytest.skip("Install the package libreoffice-calc.", allow_module_level=True)


def converted(source: Path, target: str) -> Path:
    """The file as LibreOffice reads it and writes it again."""
    folder = source.parent
    command = [PROGRAM, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/own"]
    to = target if target == "xlsx" else "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    options = ["--convert-to", to, "--outdir", str(folder / "out"), str(source)]
    # UTF-8, commas, quotes; the first sheet.
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=180)
    return folder / "out" / f"{source.stem}.{target}"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The comments, among them every hostile one, as CSV, as a workbook and in a package."""
    consultation = make_consultation_to_export()
    people = make_people(len(HOSTILE), city_pair()[0])
    for person, text in zip(people, HOSTILE, strict=True):
        make_comment(consultation, person, text)
    found = {}
    for file_format in ("csv", "xlsx", "package"):
        made = export(consultation, file_format=file_format, tables=["comments"])
        found[file_format] = tmp_path / f"comments-{file_format}.{made.filename.split('.')[-1]}"
        found[file_format].write_bytes(b"".join(made.pieces))
    with zipfile.ZipFile(found["package"]) as archive:
        found["packed"] = tmp_path / "packed.csv"
        found["packed"].write_bytes(archive.read("comments.csv"))
    return found


def test_a_workbook_is_read_cell_by_cell_as_we_wrote_it(
    files: dict[str, Path], figure: Callable[..., None]
) -> None:
    ours = read_csv(files["csv"].read_bytes())

    with converted(files["xlsx"], "csv").open(newline="") as file:
        keys, *rows = csv.reader(file)

    theirs = [dict(zip(keys, row, strict=True)) for row in rows[HEADERS - 1 :]]
    assert theirs == ours
    figure("Rows LibreOffice reads from our workbook", len(theirs), unit="rows")


@pytest.mark.parametrize("name", ["csv", "packed"])
def test_no_cell_of_a_csv_is_calculated(name: str, files: dict[str, Path]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(converted(files[name], "xlsx").read_bytes()))

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]

    assert len(cells) > len(HOSTILE)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)
