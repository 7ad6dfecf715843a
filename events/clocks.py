"""One instant, told on the clock of every city."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnership.cities.models import City


def on_every_clock(instant: datetime, *, with_weekday: bool = False) -> str:
    """Return day and hour per partner, in one line; one reading when all clocks agree."""
    return in_short(instant, City.objects.partners(), with_weekday=with_weekday)


def in_short(instant: datetime, cities: Iterable[City], *, with_weekday: bool = False) -> str:
    """Return the same for cities at hand."""
    readings: dict[str, list[str]] = {}
    for city in cities:
        local = instant.astimezone(ZoneInfo(city.time_zone))
        reading = date_format(local, "DATETIME_FORMAT")
        if with_weekday:
            reading = f"{date_format(local, 'l')} {reading}"
        readings.setdefault(reading, []).append(city.name)
    pattern = _("%(when)s (%(cities)s)")
    return "; ".join(
        pattern % {"when": when, "cities": ", ".join(names)} for when, names in readings.items()
    )
