"""The years of which everything can be taken along at once; the room that packs them says which."""

from collections.abc import Callable, Sequence

from partnership.cities.models import City

Years = Callable[[Sequence[City]], list[int]]
_asked: list[Years] = []


def packed_by(years: Years) -> None:
    """Let the page of open data lead to a file of each of these years."""
    _asked.append(years)


def years_with_a_file(cities: Sequence[City]) -> list[int]:
    """Return the years of which there is a file, this one first."""
    return [year for years in _asked for year in years(cities)]
