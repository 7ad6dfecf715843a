"""Which exports in the background."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from consultations.exports.enums import JobState


class ExportJobQuerySet(models.QuerySet):
    """Exports that are made, ready or gone."""

    def of(self, person: Any) -> Self:
        """Those this person asked for; nobody else is told that they exist."""
        return self.filter(asked_by=person)

    def to_make(self, silent_since: datetime) -> Self:
        """Those nobody makes: not begun, or by a process that has said nothing for so long."""
        waiting = Q(state=JobState.WAITING)
        left_behind = Q(state=JobState.RUNNING, alive_at__lt=silent_since)
        return self.filter(waiting | left_behind).order_by("asked_at", "pk")

    def out_of_time(self, now: datetime) -> Self:
        """Those that were not fetched in their minutes."""
        return self.filter(state=JobState.READY, expires_at__lte=now)
