"""Open a debrief for everything that is over."""

from django.db import transaction

from events.models import EventPage
from home.archive.models import Debrief
from home.archive.querysets import to_be_opened

AT_A_TIME = 50


def open_debriefs() -> int:
    """Open the debriefs of events that ended; return how many. Safe twice, late or at once."""
    due = to_be_opened(EventPage.objects.order_by("ends_at", "pk"))
    return sum(open_debrief(event)[1] for event in due[:AT_A_TIME])


@transaction.atomic
def open_debrief(event: EventPage) -> tuple[Debrief, bool]:
    """Return the event's debrief, and whether it is new.

    The event's row is locked, so that of two at once one makes it and the other finds it.
    """
    event = EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)
    return Debrief.objects.get_or_create(event=event)
