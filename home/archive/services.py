"""Open a debrief for everything that is over: events, and promises kept or stopped."""

from django.db import transaction
from django.utils import timezone

from consultations.roadmap.models import Commitment
from events.models import EventPage
from home.archive.models import Debrief
from home.archive.querysets import promises_to_be_opened, to_be_opened
from partnership.locking import lock

AT_A_TIME = 50


def open_debriefs() -> int:
    """Open the debriefs that are due; return how many. Safe twice, late or at once."""
    events = to_be_opened(EventPage.objects.order_by("ends_at", "pk"))
    promises = promises_to_be_opened(Commitment.objects.order_by("pk"), timezone.localdate())
    due = (*events[:AT_A_TIME], *promises[:AT_A_TIME])
    return sum(open_debrief(subject)[1] for subject in due)


@transaction.atomic
def open_debrief(subject: EventPage | Commitment) -> tuple[Debrief, bool]:
    """Return the debrief of an event or a commitment, and whether it is new.

    Its row is locked, so that of two at once one makes it and the other finds it.
    """
    name = "event" if isinstance(subject, EventPage) else "commitment"
    return Debrief.objects.get_or_create(**{name: lock(subject)})
