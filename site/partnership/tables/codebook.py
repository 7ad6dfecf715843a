"""What stands in the tables of a file, told in a table of its own."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import CODES
from partnership.tables.columns import (
    Column,
    Row,
    Table,
    columns_in_every_language,
    in_language,
)

NAME = "codebook"
COLUMNS = (
    Column("table", _("table")),
    Column("column", _("column")),
    Column("value", _("value")),
    Column("type", _("type")),
    *columns_in_every_language("meaning", _("meaning")),
)


def codebook_of(tables: Iterable[Table]) -> Table:
    """Return one row for each table, each of its columns, and each value that can stand there."""
    told = list(tables)
    return Table(NAME, COLUMNS, lambda: _rows(told), _("Codebook"))


def _rows(tables: list[Table]) -> Iterator[Row]:
    for table in tables:
        yield table.name, "", "", "table", *_in_all(table.title)
        for column in table.columns:
            yield table.name, column.key, "", column.type, *_in_all(column.heading)
            for value, meaning in column.values:
                yield table.name, column.key, value, "value", *_in_all(meaning)


def _in_all(words: Any) -> list[str]:
    return [in_language(words, code) for code in CODES]
