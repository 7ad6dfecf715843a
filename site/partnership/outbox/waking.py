"""When a mail that can wait leaves: not at night in the city of whoever reads it.

Codes, confirmations, alerts and what somebody asked for never wait; what the clock brings by
itself does, where a night changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def hour_for(city: Any, now: datetime | None = None) -> datetime:
    """Now, or else the next morning in somebody's home city, for ``post(not_before=...)``.

    Whoever lives elsewhere has the hours of ``TIME_ZONE``.
    """
    now = now or timezone.now()
    wakes, sleeps = settings.WAKING_HOURS
    there = now.astimezone(ZoneInfo(city.time_zone if city else settings.TIME_ZONE))
    if wakes <= there.hour < sleeps:
        return now
    day = there.date() + timedelta(days=there.hour >= sleeps)
    return datetime.combine(day, time(wakes), tzinfo=there.tzinfo)


def asleep(cities: Iterable[Any], now: datetime) -> list[Any]:
    """Those of the cities in which it is night, for a task that can come to its rows later."""
    return [city for city in cities if hour_for(city, now) > now]
