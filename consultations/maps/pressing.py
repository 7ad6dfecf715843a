"""Choosing a place in a form by pressing a map: every press is a POST of the whole form.

A browser tells where an image button was pressed in the pixels it was shown with (HTML, "image
button state"), and no server knows how large that was. So each size in which a map is shown is a
button of its own, of a fixed width that its name tells; the style sheet shows the one that fits.
Pressed by a key a browser says 0, 0: then the pin goes to the middle, from where buttons move it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from consultations.asking.reading import read_point
from consultations.maps.finding import maps_of
from consultations.maps.models import CityMap
from consultations.refusals import PointNotUnderstood
from partnership.pages.huge_numbers import key_in

#: In which widths the whole map is shown, and the one in which it is looked at closely.
WHOLE, CLOSE = (240, 300, 480), 1200
NAME = re.compile(
    r"(?P<field>.{1,100})-(?:pin-(?P<map>[0-9]+)-(?P<width>[0-9]+)\.[xy]|(?P<act>move|whole|unpin))"
)
STEP = 1 / 24
DIRECTIONS = {"north": (0, -STEP), "west": (-STEP, 0), "east": (STEP, 0), "south": (0, STEP)}
MIDDLE = (0.5, 0.5)
LONGEST_NUMBER = 4

Spot = tuple[float, float]


@dataclass
class Pressed:
    """Which map a field shows after a press, how closely, and what to say to who pressed."""

    city_map: CityMap | None
    is_close: bool = False
    notice: str = ""


class FormMaps:
    """The maps of one form: takes what was pressed out of the POST, and shows what came of it.

    After a press the request's POST is the same form with the point in its field, so whatever
    keeps what was typed keeps the point, too. ``decimals`` says how exact it is.
    """

    def __init__(self, request: HttpRequest, fields: Iterable[str], *, decimals: int) -> None:
        self.request = request
        self.decimals = decimals
        self.fields = tuple(fields)
        self.maps = maps_of(request) if self.fields else ()
        self.pressed: dict[str, Pressed] = {}
        if request.method == "POST":
            self._take()

    @property
    def is_pressed(self) -> bool:
        """Whether this was no sending of the form but a press on one of its maps."""
        return bool(self.pressed)

    def find(self, pk: str) -> CityMap | None:
        """The map with this number; None once it is gone."""
        return next((each for each in self.maps if each.pk == key_in(pk)), None)

    def _take(self) -> None:
        data = self.request.POST.copy()
        for name in list(data):
            found = NAME.fullmatch(name)
            if found and found["field"] in self.fields:
                act = ACTS[found["act"] or "pin"]
                self.pressed[found["field"]] = act(self, data, found)
        if self.pressed:
            for name in [each for each in data if NAME.fullmatch(each)]:
                del data[name]
            self.request.POST = data  # type: ignore[assignment] # as a request has it

    def point_in(self, data: QueryDict, field: str) -> tuple[float, float] | None:
        """The point that stands in the field; None for none that can be read."""
        return point_of(data.get(field, ""))

    def put(self, data: QueryDict, field: str, city_map: CityMap, spot: Spot) -> None:
        """Write the place at a spot of the map into the field."""
        data[field] = self.written(*city_map.georeference.place_at(*spot))

    def written(self, latitude: float, longitude: float) -> str:
        """A place as the field of a form holds it."""
        return f"{latitude:.{self.decimals}f}, {longitude:.{self.decimals}f}"


def point_of(text: Any) -> tuple[float, float] | None:
    """The point that is written there; None for none that can be read."""
    try:
        latitude, longitude = read_point(str(text), field="")
    except PointNotUnderstood:
        return None
    return float(latitude), float(longitude)


def _pin(maps: FormMaps, data: QueryDict, found: re.Match[str]) -> Pressed:
    """Set the pin where the map was pressed."""
    city_map, field = maps.find(found["map"]), found["field"]
    if city_map is None:
        return Pressed(None, notice=_("That map is not there any more."))
    name = found.string[:-2]
    spot = _spot(city_map, found["width"], data.get(f"{name}.x", ""), data.get(f"{name}.y", ""))
    if spot is None:
        return Pressed(city_map, notice=_("That was not on the map. Press it once more."))
    if spot == (0, 0):
        return _by_key(maps, data, field, city_map)
    maps.put(data, field, city_map, spot)
    return Pressed(city_map, is_close=True)


def _by_key(maps: FormMaps, data: QueryDict, field: str, city_map: CityMap) -> Pressed:
    """Whoever presses without a pointer starts in the middle; a pin that is there stays."""
    point = point_of(data.get(field, ""))
    if point is None or city_map.georeference.spot_of(*point) is None:
        maps.put(data, field, city_map, MIDDLE)
    return Pressed(city_map)


def _spot(city_map: CityMap, width: str, x: str, y: str) -> Spot | None:
    """The shares of the picture; None for what no browser sends from it."""
    numbers = (width, x, y)
    if not all(each.isascii() and each.isdigit() for each in numbers):
        return None
    if max(map(len, numbers)) > LONGEST_NUMBER or int(width) not in (*WHOLE, CLOSE):
        return None
    wide, high = int(width), city_map.height_at(int(width))
    across, down = int(x) / wide, int(y) / high
    return (across, down) if across <= 1 and down <= 1 else None


def _move(maps: FormMaps, data: QueryDict, found: re.Match[str]) -> Pressed:
    """Move the pin a little to one side, never off the map."""
    key, _colon, direction = data.get(found.string, "").partition(":")
    city_map, point = maps.find(key), point_of(data.get(found["field"], ""))
    spot = city_map.georeference.spot_of(*point) if city_map and point else None
    if city_map is not None and spot and direction in DIRECTIONS:
        steps = zip(spot, DIRECTIONS[direction], strict=True)
        across, down = (min(max(share + step, 0), 1) for share, step in steps)
        maps.put(data, found["field"], city_map, (across, down))
    return Pressed(city_map)


def _whole(maps: FormMaps, data: QueryDict, found: re.Match[str]) -> Pressed:
    """Show the whole of a map, and leave the pin alone."""
    return Pressed(maps.find(data.get(found.string, "")))


def _unpin(maps: FormMaps, data: QueryDict, found: re.Match[str]) -> Pressed:
    """Take the pin away."""
    data[found["field"]] = ""
    return Pressed(maps.find(data.get(found.string, "")))


Act = Callable[[FormMaps, QueryDict, "re.Match[str]"], Pressed]
ACTS: dict[str, Act] = {"pin": _pin, "move": _move, "whole": _whole, "unpin": _unpin}
