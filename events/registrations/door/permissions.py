"""Who stands at the door of which event."""

from typing import Any

from events.models import EventPage
from partnership.pages.permissions import city_keys

CHECKS_IN = "registrations.check_in"


def is_own_city(user: Any, event: EventPage) -> bool:
    """Whether the event is joint or of a city this person works for."""
    return user.is_superuser or city_keys(user).open(event)


def may_check_in(user: Any, event: EventPage) -> bool:
    """Whether this person may let people in at the event, and see who they are."""
    return user.has_perm(CHECKS_IN) and is_own_city(user, event)
