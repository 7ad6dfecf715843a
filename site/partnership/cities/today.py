"""Which day it is, where several cities have a day each."""

from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from partnership.cities.models import City


def latest_today(*zones: tzinfo) -> date:
    """The day it is in the city, or in one of these zones, where the day begins first."""
    now = timezone.now()
    cities = map(ZoneInfo, City.objects.values_list("time_zone", flat=True))
    return max((now.astimezone(zone).date() for zone in (*zones, *cities)), default=now.date())
