"""The demo's maps: invented towns drawn by us, and the pins that residents set on them."""

from collections.abc import Mapping
from decimal import Decimal
from math import radians
from random import Random
from typing import Any

from consultations.enums import QuestionType
from consultations.maps.mercator import Georeference, latitude_of, northing
from consultations.maps.models import CORNERS, CityMap
from consultations.models import Answer, Contribution, Question
from partnership.cities.models import City
from partnership.demo.texts import columns, read
from partnership.demo.towns import SIZE, make_town

#: A third of those who chose a place of the list pressed it, too.
HOW_MANY_PRESS = 0.35
#: How far from the place they pressed, as a share of the picture.
NEAR = 0.03


def make_maps(cities: Mapping[str, City]) -> None:
    """Draw the map of each city, lay it at sea, where no town is, and set the pins on it."""
    for row in read("maps")["maps"]:
        corners = _corners(row["middle"], row["degrees_wide"])
        CityMap.objects.create(
            city=cities[row["city"]],
            picture=make_town(row),
            attribution=row["attribution"],
            **columns(title=row["title"]),
            **dict(zip(CORNERS, corners, strict=True)),
        )
    _pin_ideas()
    _pin_answers()


def _corners(middle: tuple[float, float], wide: float) -> list[Decimal]:
    """North, west, south, east of a picture of our size around a place."""
    latitude, longitude = middle
    half_high = radians(wide) * SIZE[1] / SIZE[0] / 2
    y = northing(latitude)
    edges = (
        *(latitude_of(y + half_high), longitude - wide / 2),
        *(latitude_of(y - half_high), longitude + wide / 2),
    )
    return [Decimal(f"{edge:.5f}") for edge in edges]


def _pin_ideas() -> None:
    """Set the pins of the ideas that the content knows a spot for."""
    maps = {each.city.code: each.georeference for each in CityMap.objects.select_related("city")}
    for row in read("maps")["ideas"]:
        point = _point(maps[row["city"]], row["spot"], "0.0001")
        Contribution.objects.filter(title=row["title"]).update(**point)


def _pin_answers() -> None:
    """Set a pin near the place that somebody chose from a list, for some of them."""
    chance = Random("pins of answers")  # noqa: S311 - the same every time
    maps = {each.city.code: each.georeference for each in CityMap.objects.select_related("city")}
    spots = {row["option"]: (maps[row["city"]], row["spot"]) for row in read("maps")["answers"]}
    asking = Question.objects.filter(type=QuestionType.LOCATION, asks_point=True)
    answers = Answer.objects.filter(question__in=asking).order_by(
        "question", "response__participant"
    )
    pinned = []
    for answer in answers:
        if answer.value in spots and chance.random() < HOW_MANY_PRESS:
            georeference, spot = spots[answer.value]
            near = [share + chance.uniform(-NEAR, NEAR) for share in spot]
            for name, degrees in _point(georeference, near, "0.00001").items():
                setattr(answer, name, degrees)
            pinned.append(answer)
    Answer.objects.bulk_update(pinned, ("latitude", "longitude"), batch_size=500)


def _point(georeference: Georeference, spot: Any, exact: str) -> dict[str, Decimal]:
    latitude, longitude = georeference.place_at(*spot)
    degrees = (Decimal(str(each)).quantize(Decimal(exact)) for each in (latitude, longitude))
    return dict(zip(("latitude", "longitude"), degrees, strict=True))
