"""The whole board, counted about once an hour: a million votes take a while.

What is kept is what readers are shown. So no figure grows by one under somebody's eyes, and
the page and its files say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from home.parity.board import Lines, boards_of
from home.parity.counting import count
from home.parity.languages import Noted, noted
from home.parity.years import Years
from partnership.cities.models import City

KEPT_FOR = 60 * 60
#: The clock counts it before that is over.
RENEWED_EVERY = 50 * 60
#: Raised when what is kept has another shape.
SHAPE = 1


@dataclass(frozen=True, slots=True)
class Board:
    """Everything that is told, and when it was counted."""

    years: Years
    lines: dict[int | None, Lines]
    languages: Noted
    counted_at: datetime


def board(cities: Sequence[City]) -> Board:
    """Return the board of these cities as it was at most an hour ago."""
    kept = cache.get(_key(cities))
    return kept if isinstance(kept, Board) else _count_anew(cities)


def renew() -> None:
    """Count the board before the hour is over, so that no reader waits for it."""
    _count_anew(list(City.objects.all()))


def _count_anew(cities: Sequence[City]) -> Board:
    counted = count(cities)
    found = Board(counted.years, boards_of(counted), noted(counted.years), timezone.now())
    cache.set(_key(cities), found, KEPT_FOR)
    return found


def _key(cities: Sequence[City]) -> str:
    return "-".join(("parity", str(SHAPE), *(str(city.pk) for city in cities)))
