"""What a table of an export is: columns with stable keys, and rows that are never all at hand."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import format_lazy

from partnership.pages.languages import CODES, own_name

Row = tuple[Any, ...]
AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a key that never changes, and a heading in every language.

    ``type`` is one of Table Schema's; ``values`` are all that may stand in a cell, each with
    its meaning, where they are known.
    """

    key: str
    heading: str | Promise
    type: str = "string"
    values: tuple[tuple[str, str | Promise], ...] = ()

    def heading_in(self, code: str) -> str:
        """The heading in a language."""
        return in_language(self.heading, code)


def in_language(words: str | Promise, code: str) -> str:
    """The words in a language."""
    with translation.override(code):
        return str(words)


def columns_in_every_language(
    key: str, heading: str | Promise, values: tuple[tuple[str, str | Promise], ...] = ()
) -> tuple[Column, ...]:
    """One column per partner language for what is written in each of them."""
    return tuple(
        Column(f"{key}_{code}", format_lazy("{} ({})", heading, own_name(code)), values=values)
        for code in CODES
    )


@dataclass(slots=True)
class Table:
    """A named table; ``rows()`` reads them from the database as they are asked for."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]
    title: str | Promise = ""
    count: int = field(default=0, init=False)

    def counted_rows(self) -> Iterator[Row]:
        """The rows, and their number in ``count`` when they have gone by."""
        for row in self.rows():
            self.count += 1
            yield row

    @property
    def keys(self) -> list[str]:
        """The keys of the columns."""
        return [column.key for column in self.columns]

    def headings(self) -> dict[str, list[str]]:
        """The headings in every language."""
        return {code: [column.heading_in(code) for column in self.columns] for code in CODES}

    def header_rows(self) -> list[list[str]]:
        """The keys, then the headings in one row per language."""
        return [self.keys, *self.headings().values()]
