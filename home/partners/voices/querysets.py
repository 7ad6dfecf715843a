"""Which voices of partners."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from partnership.people.models import Participant, Resident

#: A last day is over when it is over in the last place on earth.
LAST_PLACE = timedelta(hours=12)


def day_in_the_last_place() -> date:
    """Return the day it is where it comes last; earlier ones are past everywhere."""
    return (timezone.now() - LAST_PLACE).date()


def _lasts_on(day: date, column: str) -> Q:
    return Q(**{column: None}) | Q(**{f"{column}__gte": day})


class PartnerVoiceQuerySet(QuerySet):
    """Reads as a sentence: ``PartnerVoice.objects.speaking().of(participant)``."""

    def of(self, participant: "Participant") -> Self:
        """Those of one person."""
        return self.filter(participant=participant)

    def of_editor(self, resident: "Resident") -> Self:
        """Those of partners of the cities this person works for, and of no city."""
        if resident.is_superuser:
            return self
        own = Q(partner__city=None) | Q(partner__city__in=resident.edits_for.all())
        return self.filter(own)

    def speaking(self) -> Self:
        """Those taken on that last, of partners that readers see and that are partners still."""
        today = day_in_the_last_place()
        return self.exclude(accepted_at=None).filter(
            _lasts_on(today, "valid_until"),
            _lasts_on(today, "partner__ends_on"),
            partner__is_published=True,
        )

    def accounts_of_speakers(self) -> QuerySet:
        """The accounts that speak: what they may do here is of use while it lasts."""
        own = self.speaking().filter(participant__resident__isnull=False)
        return own.values("participant__resident")

    def some_speak(self) -> Exists:
        """Whether there is any: a condition of the database."""
        return Exists(self.speaking())

    def run_out(self, today: date) -> Self:
        """Those whose last day is past, or whose partner has left, before that day."""
        gone = Q(valid_until__lt=today) | Q(partner__ends_on__lt=today)
        return self.filter(gone | Q(partner__is_published=False)).order_by("pk")
