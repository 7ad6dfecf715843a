"""A field that asks for a place, as its template shows it: the map, the pin, what moves it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.maps.marks import Pin, pin_on
from consultations.maps.models import CityMap
from consultations.maps.pressing import CLOSE, DIRECTIONS, WHOLE, FormMaps, Pressed, point_of
from partnership.cities.models import City

#: The nine parts of a map, from its top left: said to whoever does not see the pin.
PARTS = (
    gettext_lazy("In the north-west of the map"),
    gettext_lazy("In the north of the map"),
    gettext_lazy("In the north-east of the map"),
    gettext_lazy("In the west of the map"),
    gettext_lazy("In the middle of the map"),
    gettext_lazy("In the east of the map"),
    gettext_lazy("In the south-west of the map"),
    gettext_lazy("In the south of the map"),
    gettext_lazy("In the south-east of the map"),
)
#: How much is seen around the pin of a map that is looked at closely.
AROUND = 110


@dataclass
class Picker:
    """What the template of one field is given; ``city_map`` is the one that is shown."""

    field: str
    action: str
    city_map: CityMap
    others: list[CityMap]
    point: tuple[float, float] | None
    written: str
    is_close: bool
    is_public: bool
    notice: str

    @property
    def sizes(self) -> list[dict[str, Any]]:
        """The buttons that are the map, one of which is in sight."""
        widths = (CLOSE,) if self.is_close else WHOLE
        name = f"{self.field}-pin-{self.city_map.pk}"
        return [
            {"name": f"{name}-{width}", "width": width, "height": self.city_map.height_at(width)}
            for width in widths
        ]

    @cached_property
    def pin(self) -> Pin | None:
        """Where the pin is drawn; None while there is none on this map."""
        return pin_on(self.city_map, self.point)

    @property
    def part(self) -> str:
        """In which part of the map it is."""
        spot = self.point and self.city_map.georeference.spot_of(*self.point)
        if not spot:
            return _("Not on this map")
        across, down = (min(int(share * 3), 2) for share in spot)
        return str(PARTS[down * 3 + across])

    @property
    def around(self) -> dict[str, Any]:
        """The square around the pin, to which the page opens."""
        scale = CLOSE / self.pin.width if self.pin else 1
        half = AROUND / scale
        x, y = (self.pin.x, self.pin.y) if self.pin else (0, 0)
        return {"x": max(x - half, 0), "y": max(y - half, 0), "side": 2 * half}

    @property
    def moves(self) -> list[dict[str, str]]:
        """The buttons that move the pin."""
        labels = {
            "north": _("Move it north"),
            "west": _("Move it west"),
            "east": _("Move it east"),
            "south": _("Move it south"),
        }
        key = self.city_map.pk
        return [{"value": f"{key}:{way}", "label": labels[way], "way": way} for way in DIRECTIONS]


def offer(maps: FormMaps, form: Any, *, lead: City, is_public: bool = False) -> None:
    """Give the fields of the form that ask for a place their map: of the reader's city first.

    ``is_public`` says that readers will see the place.
    """
    if not maps.maps:
        return
    own = getattr(maps.request.user, "city_id", None) or lead.pk
    at_first = next((each for each in maps.maps if each.city_id == own), maps.maps[0])
    for name in maps.fields:
        if name in form.fields:
            picker = _picker(maps, form[name], at_first, is_public=is_public)
            form.fields[name].picker = picker
            form.has_maps = True


def _picker(maps: FormMaps, bound: Any, at_first: CityMap, *, is_public: bool) -> Picker:
    point = point_of(bound.value() or "")
    pressed = maps.pressed.get(bound.name) or Pressed(_holding(maps, point))
    shown = pressed.city_map or at_first
    return Picker(
        field=bound.html_name,
        action=maps.request.path,
        city_map=shown,
        others=[each for each in maps.maps if each is not shown],
        point=point,
        written=maps.written(*point) if point else "",
        is_close=pressed.is_close,
        is_public=is_public,
        notice=pressed.notice,
    )


def _holding(maps: FormMaps, point: tuple[float, float] | None) -> CityMap | None:
    """The first map that a point is on."""
    holding = (each for each in maps.maps if point and each.georeference.spot_of(*point))
    return next(holding, None)
