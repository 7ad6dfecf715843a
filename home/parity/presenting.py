"""What the page of the board shows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.parity.board import Lines, Shown
from home.parity.counting import ELSEWHERE
from home.parity.keeping import Board
from home.parity.measures import DRAWN, EVERY, IN_WORDS, OF_PEOPLE, PUBLIC, VOICES, WAYS, Measure
from home.parity.sentence import standing
from partnership.cities.models import City
from partnership.interface.templatetags.figures import number
from partnership.masking import SMALLEST_GROUP
from partnership.pages.languages import CODES, active, own_name

#: From so many for every 1,000 residents on one decimal is enough.
SMALL_RATE = 10
#: What nobody elsewhere can do.
OF_CITIES = ("promises", "promises_kept", "answer_days")


def page_of(board: Board, year: int | None, cities: Sequence[City]) -> dict[str, Any]:
    """Everything on the page of a year, or of all of them."""
    lines = board.lines[year]
    told = tables(lines, cities)
    return {
        "ancestors": [{"url": f"/{active()}/"}],
        "year": year,
        "is_this_year": year == board.years.last,
        "choices": choices(board, year),
        "standing": standing_in_words(there_all_year(cities, year), lines) if year else None,
        "columns": [*cities, None],
        "tables": told,
        "keeps_back": keeps_back(told),
        "bars": [bars(EVERY[key], lines, cities) for key in DRAWN],
        "languages": language_rows(board, year),
        "noted_since": board.languages.since,
        "uncounted": [city for city in cities if not city.population],
        "counted": [city for city in cities if city.population],
        "counted_at": board.counted_at,
        "how": (*OF_PEOPLE, *PUBLIC),
        "smallest": SMALLEST_GROUP,
        "zone": cities[0].time_zone if cities else "UTC",
        "clock": cities[0].name if cities else "UTC",
        "links": [
            {"url": reverse("parity_file", args=(suffix,)), "label": label}
            for suffix, label in (
                ("csv", _("Every year as CSV")),
                ("json", _("Every year as JSON")),
            )
        ],
    }


def keeps_back(told: Sequence[dict[str, Any]]) -> bool:
    """Whether a reader of these tables comes across a figure that is kept back."""
    if any(table.get("silent") for table in told):
        return True
    rows = (row for table in told for row in table["rows"])
    return any(cell["is_kept_back"] for row in rows for cell in row["cells"])


def choices(board: Board, year: int | None) -> list[dict[str, Any]]:
    """Links to every year, this one first, and to all of them."""
    years = [
        {
            "label": str(each),
            "url": address_of(each, board),
            "current": each == year,
        }
        for each in board.years.newest_first
    ]
    every = {"label": _("All years"), "url": reverse("parity_all"), "current": year is None}
    return [*years, every]


def address_of(year: int, board: Board) -> str:
    """Where a year stands; this one at the address of the board itself."""
    return reverse("parity") if year == board.years.last else reverse("parity_year", args=(year,))


def tables(lines: Lines, cities: Sequence[City]) -> list[dict[str, Any]]:
    """The tables of the page; parts that there were none of are left out."""
    groups: tuple[tuple[str, str, str, Sequence[Measure]], ...] = (
        ("people", _("Who takes part"), _("What is counted"), OF_PEOPLE),
        ("partners", _("What the cities do"), _("What is counted"), PUBLIC),
        ("ways", _("How forms, comments and statements came in"), _("Way"), WAYS),
        ("voices", _("For whom people spoke"), _("Speaking"), VOICES),
    )
    return [
        {"key": key, "title": title, "heading": heading, **fold(rows)}
        for key, title, heading, measures in groups
        if (rows := [_row(each, lines, cities) for each in measures if each.key in lines])
    ]


def fold(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows, and apart from them what is kept back everywhere, where that is several of them.

    The files have each of them.
    """
    told = [row for row in rows if not all(cell["is_kept_back"] for cell in row["cells"])]
    silent = [row["head"] for row in rows if row not in told]
    return {"rows": told, "silent": silent} if told and len(silent) > 1 else {"rows": rows}


def _row(measure: Measure, lines: Lines, cities: Sequence[City]) -> dict[str, Any]:
    places: list[City | None] = [*cities, None]
    return {
        "head": capfirst(str(measure.name)),
        "cells": [_cell(measure, lines, city) for city in places],
    }


def _cell(measure: Measure, lines: Lines, city: City | None) -> dict[str, Any]:
    place = city.code if city else ELSEWHERE
    shown = lines[measure.key][place]
    is_open = measure in PUBLIC
    does_not_apply = city is None and measure.key in OF_CITIES
    has_rate = city is not None and measure in OF_PEOPLE
    return {
        "is_none": does_not_apply or (is_open and shown.number is None),
        "is_kept_back": not is_open and shown.number is None,
        "number": written(shown.number),
        "is_at_least": shown.is_at_least,
        "rate": rate_in_words(shown.per_1000(city) if has_rate else None),
        "lacks_residents": has_rate and not (city and city.population),
        "share": _share(shown, lines, place) if measure in (*WAYS, *VOICES) else None,
    }


def _share(part: Shown, lines: Lines, place: str) -> float | None:
    """How many percent of the forms, comments and statements of a place it is."""
    wholes = [part, *(lines[key][place] for key in IN_WORDS)]
    if any(shown.number is None or shown.is_at_least for shown in wholes):
        return None
    whole = sum(shown.number or 0 for shown in wholes[1:])
    return 100 * (part.number or 0) / whole if whole else None


def written(value: float | None) -> str:
    """A number as readers write it; half a day stays half a day."""
    return "" if value is None else number(value, 0 if value == int(value) else 1)


def bars(measure: Measure, lines: Lines, cities: Sequence[City]) -> dict[str, Any] | None:
    """One measure drawn for every 1,000 residents; None where nothing can be drawn."""
    line = lines[measure.key]
    rates = {city: line[city.code].per_1000(city) for city in cities if city.population}
    longest = max((rate for rate in rates.values() if rate), default=0)
    if not longest:
        return None
    words = {
        city: None if rate is None else words_of(rate, line[city.code])
        for city, rate in rates.items()
    }
    return {
        "title": capfirst(str(measure.name)),
        "figures": [
            {"city": city, "words": words[city], "percent": 100 * (rate or 0) / longest}
            for city, rate in rates.items()
        ],
    }


def there_all_year(cities: Sequence[City], year: int) -> list[City]:
    """The cities that were partners all year: nobody is behind who joined in it, or left."""
    last = date(year, 12, 31)
    return [
        city
        for city in cities
        if (city.joined_on is None or city.joined_on.year < year) and not city.left_before(last)
    ]


def standing_in_words(cities: Sequence[City], lines: Lines) -> dict[str, Any] | None:
    """Who took part, and who is behind where that is honest; None where a rate is not known."""
    found = standing(cities, lines["people"])
    if found is None:
        return None
    rates = [(city, rate_in_words(rate)) for city, rate in found.rates]
    return {"rates": rates, "behind": found.behind, "ahead": found.ahead}


def rate_in_words(rate: float | None) -> str:
    """A number for every 1,000 residents, with two decimals where it is small."""
    if rate is None:
        return ""
    return number(rate, 0 if not rate else 2 if rate < SMALL_RATE else 1)


def words_of(rate: float, shown: Shown) -> str:
    """A rate as readers write it."""
    words = rate_in_words(rate)
    return _("at least %(number)s") % {"number": words} if shown.is_at_least else words


def language_rows(board: Board, year: int | None) -> dict[str, Any] | None:
    """Which language came first, and by how much; None where nothing is known."""
    figures = board.languages.of(year)
    if figures.is_empty:
        return None
    rows = (
        (_("Pages that were there in this language first"), figures.first.get),
        (_("Pages that came later in this language"), lambda code: len(figures.late[code])),
        (_("Days they came later (median)"), figures.median_late),
        (_("Days they came later (longest)"), figures.longest_late),
    )
    return {
        "columns": [{"code": code, "name": own_name(code)} for code in CODES],
        "rows": [
            {"head": head, "cells": [_found(find(code)) for code in CODES]} for head, find in rows
        ],
        "at_once": figures.at_once,
    }


def _found(value: float | None) -> str | None:
    return None if value is None else written(value)
