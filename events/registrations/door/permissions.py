"""Who stands at the door of which event."""

from typing import Any

from django.http import HttpRequest

from events.models import EventPage
from partnership.interface.context import cities, once
from partnership.pages.permissions import city_keys

CHECKS_IN = "registrations.check_in"


def is_own_city(user: Any, event: EventPage) -> bool:
    """Whether the event is joint or of a city this person works for."""
    return user.is_superuser or city_keys(user).open(event)


def clock_of(request: HttpRequest, event: EventPage) -> str:
    """The zone whose hours this person reads at the door: their city's, or else the event's."""
    own = city_keys(request.user).cities
    zones = [city.time_zone for city in once(request, cities) if city.pk in own]
    return event.time_zone if event.time_zone in zones or not zones else zones[0]


def may_check_in(user: Any, event: EventPage) -> bool:
    """Whether this person may let people in at the event, and see who they are."""
    return user.has_perm(CHECKS_IN) and is_own_city(user, event)
