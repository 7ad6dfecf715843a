"""The board as open data: one row for each year, measure and place; nothing the page keeps back."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from home.parity.counting import ELSEWHERE
from home.parity.keeping import Board
from home.parity.languages import LanguageFigures
from home.parity.measures import EVERY, OF_PEOPLE
from partnership.cities.models import City
from partnership.pages.languages import CODES
from partnership.tables.columns import (
    Column,
    Row,
    Table,
    columns_in_every_language,
    in_language,
)
from partnership.tables.writing import as_csv, as_json

ALL_YEARS = "all"
WITH_RATE = frozenset(each.key for each in OF_PEOPLE)


def table_of(board: Board, cities: Sequence[City]) -> Table:
    """Every year and all of them, every measure, every city and elsewhere."""
    columns = (
        Column("year", _("year, or “all”")),
        Column("measure", _("measure")),
        *columns_in_every_language("measure_name", _("what is counted")),
        Column("city", _("city, or “elsewhere”")),
        Column("number", _("number"), type="number"),
        Column("is_kept_back", _("kept back"), type="boolean"),
        Column("is_at_least", _("at least, as a year keeps some back"), type="boolean"),
        Column("residents", _("residents of the city"), type="integer"),
        Column("residents_counted_in", _("year in which they were counted"), type="integer"),
        Column("per_1000_residents", _("for every 1,000 residents"), type="number"),
    )
    return Table("parity", columns, lambda: _rows(board, cities))


def _rows(board: Board, cities: Sequence[City]) -> Iterator[Row]:
    places: list[City | None] = [*cities, None]
    for year in (*board.years.newest_first, None):
        for key, line in board.lines[year].items():
            names = [in_language(EVERY[key].name, code) for code in CODES]
            for city in places:
                shown = line[city.code if city else ELSEWHERE]
                rate = shown.per_1000(city) if key in WITH_RATE else None
                yield (
                    year or ALL_YEARS,
                    key,
                    *names,
                    city.code if city else ELSEWHERE,
                    shown.number,
                    shown.number is None and key != "answer_days",
                    shown.is_at_least,
                    city.population if city else None,
                    city.population_year if city else None,
                    None if rate is None else round(rate, 3),
                )


def languages_of(board: Board) -> Table:
    """Which language of a page came first, year by year."""
    columns = (
        Column("year", _("year, or “all”")),
        Column("language", _("language")),
        Column("first", _("pages that were there in this language first"), type="integer"),
        Column("at_once", _("pages that were there in every language at once"), type="integer"),
        Column("later", _("pages that came later in this language"), type="integer"),
        Column("median_days", _("days they came later (median)"), type="number"),
        Column("longest_days", _("days they came later (longest)"), type="integer"),
    )
    return Table("parity-languages", columns, lambda: _language_rows(board))


def _language_rows(board: Board) -> Iterator[Row]:
    for year in (*board.years.newest_first, None):
        figures: LanguageFigures = board.languages.of(year)
        for code in CODES:
            yield (
                year or ALL_YEARS,
                code,
                figures.first[code],
                figures.at_once,
                len(figures.late[code]),
                figures.median_late(code),
                figures.longest_late(code),
            )


def csv_of(board: Board, cities: Sequence[City]) -> Iterator[bytes]:
    """The table of figures."""
    return as_csv(table_of(board, cities))


def json_of(board: Board, cities: Sequence[City]) -> Iterator[bytes]:
    """Both tables, with when they were counted."""
    about: dict[str, Any] = {"counted_at": board.counted_at.isoformat(timespec="seconds")}
    return as_json(about, (table_of(board, cities), languages_of(board)))
