"""Maps for tests: of the first city, twice as wide as high, a hundredth of a degree across."""

from io import BytesIO
from math import radians
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from consultations.maps.mercator import latitude_of, northing
from consultations.maps.models import CityMap
from partnership.cities.models import City
from partnership.pages.models import Photo
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language

#: The top left corner, and how wide the map is.
NORTH, WEST, ACROSS = 41.66, -3.30, 0.08
SOUTH = latitude_of(northing(NORTH) - radians(ACROSS) / 2)
CORNERS = {"north": f"{NORTH:.5f}", "west": f"{WEST:.5f}"}
CORNERS |= {"south": f"{SOUTH:.5f}", "east": f"{WEST + ACROSS:.5f}"}


def make_picture(size: tuple[int, int] = (480, 240), description: str = "A plan of it") -> Photo:
    """A photo of this size, described in every language."""
    file = BytesIO()
    Image.new("RGB", size, "#CFE7D8").save(file, "PNG")
    words = in_every_language("description", description)
    return Photo.objects.create(title="Plan", file=ImageFile(file, name="plan.png"), **words)


def make_map(city: City | None = None, **fields: Any) -> CityMap:
    """The map of a city; every map shows the same piece of the world, unless it is told."""
    values = {
        **in_every_language("title", "Map"),
        **CORNERS,
        "city": city or city_pair()[0],
        "attribution": "© Surveyors",
        **fields,
    }
    picture = values.pop("picture", None) or make_picture()
    made = CityMap.objects.create(picture=picture, **values)
    return CityMap.objects.get(pk=made.pk)
