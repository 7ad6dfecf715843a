"""Who came to an event, as far as the list at the door knows."""

from django.db.models import Sum

from events.models import EventPage
from events.registrations.enums import RegistrationStatus


def people_who_came(event: EventPage) -> dict[int | None, int]:
    """Return how many people came, by the key of their home city; None is elsewhere.

    Of a group only those who were let in. Empty when nobody was checked in: then nobody knows.
    """
    came = event.registrations.filter(status=RegistrationStatus.ATTENDED).order_by()
    return dict(came.values_list("city_id").annotate(people=Sum("arrived")))
