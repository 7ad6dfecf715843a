"""When a mail that can wait leaves: not at night in the city of whoever reads it."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

WAKES, SLEEPS = time(8), time(20)


def hour_for(city: Any, now: datetime | None = None) -> datetime:
    """Now, or else the next eight o'clock in somebody's home city, for ``post(not_before=...)``.

    Whoever lives elsewhere has the hours of ``TIME_ZONE``.
    """
    zone = ZoneInfo(city.time_zone if city is not None else settings.TIME_ZONE)
    now = now or timezone.now()
    there = now.astimezone(zone)
    if WAKES <= there.time() < SLEEPS:
        return now
    day = there.date() + timedelta(days=there.time() >= SLEEPS)
    return datetime.combine(day, WAKES, tzinfo=zone)
