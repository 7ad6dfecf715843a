"""Whose clocks tell of what begins: a former partner's only where it takes part."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from partnership.cities.models import City


def is_partner_at(city: City, instant: datetime) -> bool:
    """Whether it had not left on the day it is there at that instant."""
    return not city.left_before(instant.astimezone(ZoneInfo(city.time_zone)).date())


def ask_for_halls(events: Iterable[Any], cities: Iterable[City]) -> None:
    """Read the halls of all of them in one query, where ``there_at`` would ask event by event."""
    if any(city.has_left for city in cities):
        prefetch_related_objects(list(events), "venues")


def there_at(event: Any, cities: Iterable[City]) -> list[City]:
    """The partners, with those that were when the event began or that have a hall of it.

    Its halls are asked for only where a city has left.
    """
    found = list(cities)
    former = [city for city in found if city.has_left]
    if former:
        halls = {venue.city_id for venue in event.venue_list}
        gone = [city for city in former if city.pk not in halls]
        began = event.starts_at
        gone = [city for city in gone if began is None or not is_partner_at(city, began)]
        found = [city for city in found if city not in gone]
    return found
