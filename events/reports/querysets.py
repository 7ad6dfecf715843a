"""Which reports, and which events still owe one."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from events.enums import EventKind, EventStatus

#: Time to check everybody in before the report is asked for, and when it is too late to ask.
ASKED_AFTER = timedelta(hours=12)
ASKED_WITHIN = timedelta(days=60)
#: What did not happen has nothing to tell; a drill has its after-action review.
NOT_HAPPENED = (EventStatus.CANCELLED, EventStatus.POSTPONED)


class ReportQuerySet(QuerySet):
    """Closing reports."""

    def published(self) -> "ReportQuerySet":
        """Readers may see them."""
        return self.filter(is_published=True)


def to_be_asked_for(events: Any) -> Any:
    """Return the events that ended, whose editors were not asked for a report yet."""
    now = timezone.now()
    ended = events.filter(live=True, ends_at__lte=now - ASKED_AFTER, ends_at__gt=now - ASKED_WITHIN)
    happened = ended.exclude(event_status__in=NOT_HAPPENED).exclude(kind=EventKind.DRILL)
    return happened.filter(report__asked_at=None).exclude(report__is_published=True)
