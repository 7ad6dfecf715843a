"""Which instruments, and which changes of the partnership's status."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from consultations.roadmap.promises.enums import ChangeState
from partnership.cities.querysets import OfCityQuerySet

#: Renewing something takes the councils of several cities: so long before, they are reminded.
REMINDED_BEFORE = timedelta(days=180)


class InstrumentQuerySet(OfCityQuerySet):
    """Reads as a sentence: ``Instrument.objects.in_force(today)``."""

    def kept(self, today: date) -> Self:
        """Neither repealed nor replaced on that day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=today))

    def in_force(self, today: date) -> Self:
        """Those that bind somebody on that day."""
        has_begun = Q(valid_from__lte=today)
        return self.kept(today).filter(has_begun, Q(valid_until=None) | Q(valid_until__gte=today))

    def to_renew(self, today: date) -> Self:
        """Those that expire within 180 days, or have expired and nobody has set aside."""
        soon = today + REMINDED_BEFORE
        return self.kept(today).filter(valid_until__lte=soon).order_by("valid_until", "pk")


class StatusChangeQuerySet(models.QuerySet):
    """Reads as a sentence: ``StatusChange.objects.made()``."""

    def waiting(self) -> Self:
        """What some city has not signed yet; one at most."""
        return self.filter(state=ChangeState.WAITING)

    def made(self) -> Self:
        """What every city has signed, the newest first."""
        return self.filter(state=ChangeState.MADE).order_by("-settled_at", "-pk")
