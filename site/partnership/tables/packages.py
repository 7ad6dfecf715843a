"""Tables as a data package: a zip that says itself what is in it and whether it is whole.

It follows Frictionless Data: ``datapackage.json`` with a Table Schema for every table
(https://specs.frictionlessdata.io/data-package/). Beside it stand a codebook, a README in every
language, and a manifest with the SHA-256 of every other file.
"""

import csv
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any

from partnership.pages.languages import CODES
from partnership.tables.cells import plain_cell
from partnership.tables.codebook import COLUMNS, codebook_of
from partnership.tables.columns import Column, Table, in_language
from partnership.tables.writing import BYTE_ORDER_MARK, NO_TIME, Outlet, add_to, in_pieces

#: As a client of Table Schema reads instants: with their offset.
INSTANT = "%Y-%m-%dT%H:%M:%S%z"


@dataclass(frozen=True, slots=True)
class Described:
    """What a package is about, in every language where it is words.

    ``about`` goes into the manifest as it is. ``licences`` are those of each table by its name,
    as Frictionless writes one; a table without one is for nobody outside. ``readme`` returns
    the README in a language; ``pages`` are other files for people, by their names. The tables
    of one that ``is_for_spreadsheets`` begin with what tells Excel that they are UTF-8.
    """

    name: str
    titles: dict[str, str]
    created: datetime
    version: str
    about: dict[str, Any]
    licences: dict[str, dict[str, str]]
    readme: Callable[[str, list["PackedFile"]], str]
    pages: dict[str, bytes] = field(default_factory=dict)
    is_for_spreadsheets: bool = False


@dataclass(slots=True)
class PackedFile:
    """A file of the package; size, digest and rows are known when it was written."""

    path: str
    table: Table | None = None
    bytes: int = 0
    digest: Any = field(default_factory=sha256)

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was written, in hexadecimal digits."""
        return str(self.digest.hexdigest())

    def as_listed(self) -> dict[str, Any]:
        """Its line in the manifest."""
        listed: dict[str, Any] = {"path": self.path, "bytes": self.bytes, "sha256": self.sha256}
        if self.table is not None:
            listed["rows"] = self.table.count
        return listed


#: A file with its bytes.
Packed = tuple[PackedFile, Iterable[bytes]]


def as_package(described: Described, tables: list[Table]) -> Iterator[bytes]:
    """The package as a zip, piece by piece; the same rows make the same bytes."""
    written: list[PackedFile] = []
    return as_archive(_contents(described, tables, written), written)


def as_archive(contents: Iterable[Packed], written: list[PackedFile]) -> Iterator[bytes]:
    """Files as a zip, piece by piece; each is noted once it is written, for those that follow."""
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, pieces in contents:
            for piece in add_to(archive, file.path, pieces, NO_TIME):
                file.bytes += len(piece)
                file.digest.update(piece)
                yield outlet.take()
            written.append(file)
    yield outlet.take()


def _contents(
    described: Described, tables: list[Table], written: list[PackedFile]
) -> Iterator[Packed]:
    """Every file with its bytes; a later one may look at those that are written."""
    mark = [BYTE_ORDER_MARK] if described.is_for_spreadsheets else []
    for table in tables:
        yield PackedFile(f"{table.name}.csv", table), in_pieces(chain(mark, _lines(table)))
    codebook = codebook_of(tables)
    yield PackedFile(f"{codebook.name}.csv"), in_pieces(chain(mark, _lines(codebook)))
    yield PackedFile("datapackage.json"), [_json(_descriptor(described, written))]
    for code in CODES:
        yield PackedFile(f"README.{code}.md"), [described.readme(code, written).encode()]
    for name, page in described.pages.items():
        yield PackedFile(name), [page]
    yield manifest(described.about, written)


def manifest(about: dict[str, Any], written: list[PackedFile]) -> Packed:
    """The last file: what the package is about, and the SHA-256 of every other file."""
    listed = {**about, "files": [file.as_listed() for file in written]}
    return PackedFile("manifest.json"), [_json(listed)]


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


class _Echo:
    def write(self, line: str) -> str:
        return line


def _lines(table: Table) -> Iterator[str]:
    """One row of keys, then the rows; the headings of people are in the codebook."""
    write = csv.writer(_Echo()).writerow
    yield write(table.keys)
    for row in table.counted_rows():
        yield write([plain_cell(cell) for cell in row])


# The descriptor ----------------------------------------------------------------------------


def _descriptor(described: Described, written: list[PackedFile]) -> dict[str, Any]:
    resources = [_resource(described, file) for file in written]
    licences = {licence["name"]: licence for licence in described.licences.values()}
    return {
        "profile": "tabular-data-package",
        "name": described.name,
        "title": " / ".join(dict.fromkeys(described.titles.values())),
        "titles": described.titles,
        "version": described.version,
        "created": described.created.isoformat(),
        **({"licenses": list(licences.values())} if licences else {}),
        "resources": resources,
    }


def _resource(described: Described, file: PackedFile) -> dict[str, Any]:
    table = file.table
    licence = described.licences.get(table.name) if table else None
    return {
        "profile": "tabular-data-resource",
        "name": table.name if table else "codebook",
        "path": file.path,
        "title": _joined(table.title) if table else "codebook",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        **({"licenses": [licence]} if licence else {}),
        "schema": {"fields": [_field(each) for each in (table.columns if table else COLUMNS)]},
    }


def _joined(words: Any) -> str:
    return " / ".join(dict.fromkeys(in_language(words, code) for code in CODES))


def _field(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.key,
        "type": column.type,
        "title": _joined(column.heading),
    }
    if column.type == "datetime":
        described["format"] = INSTANT
    if column.values:
        described["constraints"] = {"enum": [value for value, _meaning in column.values]}
    return described
