"""What the clock brings after an event: a report is opened, and its editors are asked for it.

Safe to run twice, late or at once: the report's row is compared and set in the transaction
that posts the mails, and every mail has a key of its own.
"""

from django.db import transaction
from django.utils import timezone

from events.models import EventPage
from events.reports.mail import request_for_report
from events.reports.models import ClosingReport
from events.reports.querysets import to_be_asked_for
from events.reports.services import open_report
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.outbox.waking import hour_for
from partnership.review.models import editors_of

AT_A_TIME = 50


def ask_for_reports() -> int:
    """Ask the editors of every event that ended for its report; return of how many events."""
    due = to_be_asked_for(EventPage.objects.order_by("ends_at", "pk"))
    return sum(_ask(event) for event in due[:AT_A_TIME])


@transaction.atomic
def _ask(event: EventPage) -> bool:
    """Ask once (compare and set), unless another process has just done so."""
    report = open_report(event)
    unasked = ClosingReport.objects.filter(pk=report.pk, asked_at=None)
    if not unasked.update(asked_at=timezone.now()):
        return False
    cities = event.cities.all() if event.cities.exists() else City.objects.all()
    editors = editors_of(event, cities).filter(is_active=True).select_related("city")
    for editor in editors:
        post(**request_for_report(report, editor), not_before=hour_for(editor.city))
    return True
