"""Whether there are maps, and which: a partnership without any is asked nothing about places."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest

from consultations.maps.models import CityMap
from partnership.interface import framing
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once

HAS_MAPS = "has_maps"


def there_are_maps() -> Any:
    """The condition that is asked with the cities of every page."""
    return Exists(CityMap.objects.all())


def maps_of(request: HttpRequest) -> Sequence[CityMap]:
    """All maps, in the order of the cities; no query where there are none."""
    return once(request, _maps)


def _maps(request: HttpRequest) -> list[CityMap]:
    if not framing.is_known(once(request, cities_of_the_site), HAS_MAPS):
        return []
    return list(CityMap.objects.with_picture())
