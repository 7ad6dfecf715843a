"""Tables as files, piece by piece: however long they are, little of them is ever in memory."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook

from partnership.pages.languages import CODES
from partnership.tables.cells import clean, plain_cell
from partnership.tables.codebook import codebook_of
from partnership.tables.columns import Column, Table, in_language

BYTE_ORDER_MARK = "\ufeff"  # tells Excel that it is UTF-8
#: In place of now, so that the same rows make the same bytes.
NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 - the format keeps no zone
PIECE = 64 * 1024
LAST_ROW_OF_A_SHEET = 1_048_576


def private_file(path: Path) -> IO[bytes]:
    """Return a new file that only this account can read: there may be addresses in it."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a private file; what carries the name is whole. Raises OSError."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with private_file(beside) as file:
            file.writelines(pieces)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


class Outlet(io.RawIOBase):
    """A file that hands over what was written to it and forgets it."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """What was written since it was last asked."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def _csv_lines(table: Table) -> Iterator[str]:
    class Echo:
        def write(self, line: str) -> str:
            return line

    write = csv.writer(Echo()).writerow
    yield BYTE_ORDER_MARK
    for header in table.header_rows():
        yield write([plain_cell(cell) for cell in header])
    for row in table.counted_rows():
        yield write([plain_cell(cell) for cell in row])


def in_pieces(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines joined to pieces worth sending."""
    waiting: list[str] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(waiting).encode()
            waiting.clear()
            size = 0
    if waiting:
        yield "".join(waiting).encode()


def as_csv(table: Table) -> Iterator[bytes]:
    """One table: the keys, the headings in every language, the rows."""
    return in_pieces(_csv_lines(table))


def as_zip(tables: list[Table]) -> Iterator[bytes]:
    """A zip with one CSV file per table, and one that tells what stands in them."""
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in (*tables, codebook_of(tables)):
            for _written in _add_csv(archive, table):
                yield outlet.take()
    yield outlet.take()


def _add_csv(archive: zipfile.ZipFile, table: Table) -> Iterator[int]:
    """Add the table to the archive, pausing after each piece."""
    for piece in add_to(archive, f"{table.name}.csv", as_csv(table)):
        yield len(piece)


def add_to(
    archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], at: datetime = NO_TIME
) -> Iterator[bytes]:
    """Add a file to the archive, pausing after each piece; its time is always the same."""
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as file:
        for piece in pieces:
            file.write(piece)
            yield piece


def as_json(about: dict[str, Any], tables: Iterable[Table]) -> Iterator[bytes]:
    """One document: what it is about, then every table with its columns and rows."""
    return in_pieces(_json_pieces(about, tables))


def _json_pieces(about: dict[str, Any], tables: Iterable[Table]) -> Iterator[str]:
    yield f'{_json(about)[:-1]}, "tables": {{'
    for number, table in enumerate(tables):
        columns = [_described(column) for column in table.columns]
        yield f"{',' if number else ''}\n{_json(table.name)}: "
        yield f'{{"columns": {_json(columns)}, "rows": ['
        yield from _json_rows(table)
        yield "\n]}"
    yield "\n}}\n"


def _described(column: Column) -> dict[str, Any]:
    """What a column is and what stands in it, in every language: the file has no codebook."""
    said: dict[str, Any] = {"key": column.key, "type": column.type}
    said["headings"] = _in_all(column.heading)
    if column.values:
        said["values"] = {value: _in_all(meaning) for value, meaning in column.values}
    return said


def _in_all(words: Any) -> dict[str, str]:
    return {code: in_language(words, code) for code in CODES}


def _json_rows(table: Table) -> Iterator[str]:
    comma = ""
    for row in table.counted_rows():
        cells = [clean(cell) if isinstance(cell, str) else cell for cell in row]
        yield f"{comma}\n{_json(dict(zip(table.keys, cells, strict=True)))}"
        comma = ","


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def as_xlsx(tables: list[Table]) -> Iterator[bytes]:
    """A workbook with one sheet per table, written row by row to a file and read from there.

    The last sheet tells what stands in the others.
    """
    with TemporaryFile() as file:
        with Workbook(file, {"constant_memory": True}) as workbook:
            workbook.set_properties({"created": NO_TIME})
            workbook.use_zip64()
            heading = workbook.add_format({"bold": True})
            for table in (*tables, codebook_of(tables)):
                _write_sheets(workbook, table, heading)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write_sheets(workbook: Workbook, table: Table, heading: Any) -> None:
    """Write a table; beyond the last row a sheet can have, on another sheet."""
    sheet, number, place = None, 0, 0
    for row in table.counted_rows():
        if sheet is None or place == LAST_ROW_OF_A_SHEET:
            number += 1
            sheet, place = _new_sheet(workbook, table, number, heading)
        _write_row(sheet, place, row)
        place += 1
    if sheet is None:
        _new_sheet(workbook, table, 1, heading)


def _new_sheet(workbook: Workbook, table: Table, number: int, heading: Any) -> tuple[Any, int]:
    sheet = workbook.add_worksheet(table.name if number == 1 else f"{table.name} {number}")
    headers = table.header_rows()
    sheet.freeze_panes(len(headers), 1)
    sheet.set_column(0, len(table.columns) - 1, 18)
    for place, row in enumerate(headers):
        _write_row(sheet, place, row, heading)
    return sheet, len(headers)


def _write_row(sheet: Any, place: int, row: Iterable[Any], look: Any = None) -> None:
    for column, value in enumerate(row):
        cell = plain_cell(value)
        if isinstance(cell, int | float):
            sheet.write_number(place, column, cell, look)
        elif cell:
            sheet.write_string(place, column, cell, look)
