"""Who is to be written to now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from home.news import schedule
from home.news.enums import Rhythm

if TYPE_CHECKING:
    from partnership.cities.models import City

#: Whoever moves to a city on another clock gets no issue twice: they are a week apart.
APART = timedelta(days=3)


class WishQuerySet(QuerySet):
    """Reads as a sentence: ``NewsWish.objects.reachable().due(now, cities)``."""

    def reachable(self) -> Self:
        """Those of guests whose address is kept, and of accounts that confirmed theirs."""
        confirmed = EmailAddress.objects.filter(
            user=OuterRef("participant__resident"),
            email__iexact=OuterRef("participant__resident__email"),
            verified=True,
        )
        account = Q(participant__resident__is_active=True) & Exists(confirmed)
        return self.filter(account | Q(participant__contact__email__gt=""))

    def due(self, now: datetime, cities: "Sequence[City]") -> Self:
        """Those whose issue has left by the clock of their city and was not written yet.

        That of the home, else the city they want to read about, else the first one. Who asked
        later than that waits for the next issue.
        """
        is_due = Q(pk=None)
        for number, city in enumerate(cities):
            at_home = Q(clock=city.pk) if number else Q(clock=city.pk) | Q(clock=None)
            for rhythm in Rhythm:
                day = schedule.last_day(now, city.time_zone, rhythm)
                left_at = schedule.instant(day, city.time_zone)
                is_new = Q(told_until=None) | Q(told_until__lt=left_at - APART)
                is_due |= at_home & is_new & Q(rhythm=rhythm, asked_at__lt=left_at)
        clock = Coalesce(F("participant__resident__city_id"), F("city_id"))
        return self.annotate(clock=clock).filter(is_due).order_by("pk")

    def with_people(self) -> Self:
        """With whoever is written to at hand."""
        return self.select_related("participant__resident", "participant__contact")


class LetterQuerySet(QuerySet):
    """Which issue went to whom."""

    def of(self, participants: Any) -> Self:
        """Those to any of these people."""
        return self.filter(participant__in=participants)
