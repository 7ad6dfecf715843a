"""Pins on a map that is only looked at: those that would cover each other are one mark.

The map is cut into squares. What lies in one square is one mark, which says how many, and whose
link shows exactly these: a square has edges in degrees. No mark reaches beyond its square, so
that none covers another; on the smallest screen each can still be pressed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from consultations.maps.models import CityMap

#: The picture in units of the drawing: eight squares wide.
WIDTH, SQUARE, RADIUS = 320, 40, 14
Spot = tuple[float, float]


class Pin(NamedTuple):
    """A spot on the drawing of a map, whose measures it knows."""

    x: float
    y: float
    width: int
    height: int


def pin_on(city_map: CityMap, point: tuple[float, float] | None) -> Pin | None:
    """Where a point is drawn; None for none, or one that is beyond the map."""
    spot = _spot_of(city_map, point) if point else None
    if spot is None:
        return None
    return Pin(round(spot[0], 1), round(spot[1], 1), WIDTH, city_map.height_at(WIDTH))


class Square(NamedTuple):
    """One square of a map."""

    map_id: int
    column: int
    row: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What an address says; None for anything that names no square."""
        parts = text.split("-")
        are_numbers = all(each.isascii() and each.isdigit() and len(each) < 10 for each in parts)
        return cls(*map(int, parts)) if len(parts) == len(cls._fields) and are_numbers else None

    def __str__(self) -> str:
        return f"{self.map_id}-{self.column}-{self.row}"

    def edges_on(self, city_map: CityMap) -> tuple[float, float, float, float]:
        """North, west, south, east."""
        high = city_map.height_at(WIDTH)
        corners = ((self.column, self.row), (self.column + 1, self.row + 1))
        (north, west), (south, east) = (
            city_map.georeference.place_at(column * SQUARE / WIDTH, row * SQUARE / high)
            for column, row in corners
        )
        return north, west, south, east


@dataclass
class Mark:
    """One pin, or several in one square: where it is drawn, and what it stands for."""

    square: Square
    x: float = 0
    y: float = 0
    things: list[Any] = field(default_factory=list)

    @property
    def count(self) -> int:
        """For how many it stands."""
        return len(self.things)

    @property
    def only(self) -> Any:
        """The one it stands for; None for several."""
        return self.things[0] if len(self.things) == 1 else None


def drawing_of(city_map: CityMap) -> dict[str, Any]:
    """Return what is drawn of any map."""
    return {
        "map": city_map,
        "width": WIDTH,
        "height": city_map.height_at(WIDTH),
        "radius": RADIUS,
    }


def _spot_of(city_map: CityMap, point: Iterable[Any]) -> Spot | None:
    """Where a point is drawn, as exact as it is; None beyond the map."""
    latitude, longitude = (float(degrees) for degrees in point)
    share = city_map.georeference.spot_of(latitude, longitude)
    return share and (share[0] * WIDTH, share[1] * city_map.height_at(WIDTH))


def _square_at(city_map: CityMap, spot: Spot) -> Square:
    return Square(city_map.pk, *(int(at // SQUARE) for at in spot))


def square_of(city_map: CityMap, point: Iterable[Any]) -> Square | None:
    """The square that a point lies in; None beyond the map."""
    spot = _spot_of(city_map, point)
    return None if spot is None else _square_at(city_map, spot)


def marks_on(city_map: CityMap, points: Iterable[tuple[tuple[float, float], Any]]) -> list[Mark]:
    """Return the marks of those points that are on the map, from north to south."""
    gathered: defaultdict[Square, list[tuple[Spot, Any]]] = defaultdict(list)
    for point, thing in points:
        spot = _spot_of(city_map, point)
        if spot is not None:
            gathered[_square_at(city_map, spot)].append((spot, thing))
    return [_mark(square, gathered[square]) for square in sorted(gathered, key=_north_first)]


def _north_first(square: Square) -> tuple[int, int]:
    return square.row, square.column


def _mark(square: Square, pins: list[tuple[Spot, Any]]) -> Mark:
    """In the middle of its pins, but wholly within its square."""
    middle = [sum(spot[axis] for spot, _thing in pins) / len(pins) for axis in (0, 1)]
    begins = (square.column * SQUARE, square.row * SQUARE)
    x, y = (
        round(min(max(at, begin + RADIUS), begin + SQUARE - RADIUS), 1)
        for at, begin in zip(middle, begins, strict=True)
    )
    return Mark(square, x, y, [thing for _spot, thing in pins])
