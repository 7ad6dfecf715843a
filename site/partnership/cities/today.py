"""Which day it is, where several cities have a day each."""

from collections.abc import Iterable
from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from partnership.cities.models import City
from partnership.pages.choices_once import once


def latest_today(*zones: tzinfo) -> date:
    """The day it is in the city, or in one of these zones, where the day begins first."""
    cities = once(latest_today, lambda: list(City.objects.values_list("time_zone", flat=True)))
    return _latest((*zones, *map(ZoneInfo, cities)))


def latest_today_in(cities: Iterable[City]) -> date:
    """The same of these cities alone, which were fetched already."""
    return _latest(ZoneInfo(city.time_zone) for city in cities)


def today_in(cities: Iterable[City]) -> date:
    """The day it is in every one of these cities: late is what is over in all of them."""
    now = timezone.now()
    days = (now.astimezone(ZoneInfo(city.time_zone)).date() for city in cities)
    return min(days, default=now.date())


def _latest(zones: Iterable[tzinfo]) -> date:
    now = timezone.now()
    return max((now.astimezone(zone).date() for zone in zones), default=now.date())
