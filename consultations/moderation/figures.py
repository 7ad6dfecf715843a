"""The public log in numbers: by city, never a name, nothing that a sum gives away."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.models import ConsultationPage
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.models import Decision
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP

#: How far back the log tells.
SHOWN_FOR = timedelta(days=366)
OUTCOMES = (
    Outcome.PUBLISHED,
    Outcome.HIDDEN,
    Outcome.HELD,
    Outcome.RETURNED,
    Outcome.UPHELD,
    Outcome.REMOVED,
)


class Count(NamedTuple):
    """How many decisions are alike."""

    outcome: str
    reason: str
    city_id: int | None
    consultation_id: int
    month: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Table:
    """One way to look at the log; a cell that is None is not shown."""

    key: str
    title: str
    heading: str
    rows: list[dict[str, Any]]

    @property
    def told(self) -> list[dict[str, Any]]:
        """The rows that show a number."""
        return [row for row in self.rows if any(cell is not None for cell in row["cells"])]

    @property
    def untold(self) -> list[str]:
        """What the others are called: of these nothing is shown for any place."""
        return [row["head"] for row in self.rows if row not in self.told]


def columns(cities: Sequence[City]) -> list[str]:
    """What the columns are called: where the words were written."""
    return [*(city.name for city in cities), capfirst(_("elsewhere"))]


def tables(cities: Sequence[City]) -> list[Table]:
    """The log of a year: what was decided, and why, when and where something was hidden."""
    counts = [Count(*row) for row in Decision.objects.counted(since=timezone.now() - SHOWN_FOR)]
    hidden = [count for count in counts if count.outcome == Outcome.HIDDEN]
    places = [*(city.pk for city in cities), None]

    def table(key: str, title: str, heading: str, rows: Any, found: Any, by: Any) -> Table:
        return Table(key, title, heading, _rows(rows, found, by, places))

    reasons = [(reason.value, capfirst(reason.label)) for reason in HidingReason]
    months = sorted({count.month for count in hidden}, reverse=True)
    pages = ConsultationPage.objects.in_bulk({count.consultation_id for count in hidden})
    return [
        table(
            "decisions",
            _("What was decided"),
            _("Decision"),
            [(outcome.value, capfirst(outcome.label)) for outcome in OUTCOMES],
            counts,
            lambda count: count.outcome,
        ),
        table("reasons", _("Why something was hidden"), _("Reason"), reasons, hidden, _reason_of),
        table(
            "months",
            _("When something was hidden"),
            _("Month"),
            [(month, capfirst(date_format(month, "YEAR_MONTH_FORMAT"))) for month in months],
            hidden,
            lambda count: count.month,
        ),
        table(
            "consultations",
            _("Where something was hidden"),
            _("Consultation"),
            [(page.pk, page.title) for page in pages.values()],
            hidden,
            lambda count: count.consultation_id,
        ),
    ]


def _reason_of(count: Count) -> str:
    return count.reason or HidingReason.OTHER


def _rows(
    heads: Iterable[tuple[Any, str]],
    counts: Iterable[Count],
    by: Callable[[Count], Any],
    places: Sequence[int | None],
) -> list[dict[str, Any]]:
    sums: Counter[tuple[Any, int | None]] = Counter()
    for count in counts:
        sums[by(count), count.city_id] += count.number
    heads = list(heads)
    numbers = [[sums[key, place] for place in places] for key, _head in heads]
    hidden = masked_cells(numbers)
    return [
        {
            "head": head,
            "cells": [
                None if (row, column) in hidden else number
                for column, number in enumerate(numbers[row])
            ],
        }
        for row, (_key, head) in enumerate(heads)
    ]


def masked_cells(numbers: Sequence[Sequence[int]]) -> frozenset[tuple[int, int]]:
    """Return (row, column) of what readers are not shown of a table.

    Everything under five; and where a row or a column hides exactly one number of people, the
    smallest of the others there as well, until no sum of a line leads to a single cell. All
    tables of the log have the same columns, so their sums must not, either.
    """
    hidden = {
        (row, column)
        for row, line in enumerate(numbers)
        for column, number in enumerate(line)
        if number < SMALLEST_GROUP
    }
    lines = _lines(len(numbers), len(numbers[0]) if numbers else 0)
    while more := {place for line in lines for place in _second(line, numbers, hidden)}:
        hidden |= more
    return frozenset(hidden)


def _lines(rows: int, columns: int) -> list[list[tuple[int, int]]]:
    across = [[(row, column) for column in range(columns)] for row in range(rows)]
    return across + [[(row, column) for row in range(rows)] for column in range(columns)]


def _second(
    line: list[tuple[int, int]],
    numbers: Sequence[Sequence[int]],
    hidden: set[tuple[int, int]],
) -> list[tuple[int, int]]:
    """The cell of a line that must go with the only one hidden there."""
    people = [place for place in line if place in hidden and numbers[place[0]][place[1]]]
    shown = [place for place in line if place not in hidden]
    if len(people) != 1 or not shown:
        return []
    return [min(shown, key=lambda place: (numbers[place[0]][place[1]], place))]
