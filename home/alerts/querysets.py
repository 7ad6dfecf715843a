"""Which alerts, and which channels."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from partnership.pages.permissions import city_keys

#: For so long readers are told that an alert is over, once somebody has said so.
TOLD_IT_IS_OVER = timedelta(days=1)
#: A channel is tested at least as often.
TESTED_WITHIN = timedelta(days=90)


class AlertQuerySet(QuerySet):
    """Reads as a sentence: ``Alert.objects.in_force()``."""

    def public(self) -> Self:
        """Those that readers have seen: they had begun before somebody took them back."""
        has_begun = Q(ended_at=None) | Q(ended_at__gt=F("starts_at"))
        return self.filter(has_begun, starts_at__lte=timezone.now())

    def in_force(self) -> Self:
        """Begun, and not over."""
        now = timezone.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now, ended_at=None)

    def lasting(self) -> Self:
        """Those that pages show now, or will if nobody takes them back."""
        now = timezone.now()
        goes_on = Q(ended_at=None, ends_at__gt=now)
        is_told = Q(ended_at__gt=now - TOLD_IT_IS_OVER) & Q(ended_at__gt=F("starts_at"))
        return self.filter(goes_on | is_told)

    def to_be_told(self) -> Self:
        """In force, and not everybody who asked for it has been written to."""
        return self.in_force().filter(told_at=None)

    def of_editor(self, editor: Any) -> Self:
        """Those about a city this person works for; what is about all is everybody's."""
        if editor.is_superuser:
            return self
        own = city_keys(editor).cities
        if not own:
            return self.none()
        return self.filter(Q(cities=None) | Q(cities__in=own)).distinct()


class ChannelQuerySet(QuerySet):
    """Ways the cities reach each other by in an emergency."""

    def public(self) -> Self:
        """Those of which readers see a way at least."""
        return self.used().filter(Q(primary_is_public=True) | Q(fallback_is_public=True))

    def used(self) -> Self:
        """Those that were not given up."""
        return self.filter(is_retired=False)

    def of_editor(self, editor: Any) -> Self:
        """Those for which a city answers that this person works for."""
        if editor.is_superuser:
            return self
        return self.filter(offices__city__in=editor.edits_for.all()).distinct()

    def with_last_test(self) -> Self:
        """Add ``last_tested_on``, None for never, and ``tested_by``: the key of that city."""
        tests = apps.get_model("alerts", "ChannelTest")._default_manager.filter(
            channel=OuterRef("pk")
        )
        latest = tests.order_by("-tested_on", "-pk").values("city")[:1]
        return self.annotate(last_tested_on=Max("tests__tested_on"), tested_by=Subquery(latest))

    def untested(self, today: date) -> Self:
        """Those that nobody tested for 90 days; a new one has as long."""
        since = Coalesce("last_tested_on", "added_on")
        found = self.used().with_last_test().annotate(untested_since=since)
        return found.filter(untested_since__lte=today - TESTED_WITHIN)


class NumbersQuerySet(QuerySet):
    """Whom to call, by city."""

    def of_editor(self, editor: Any) -> Self:
        """Those of the cities this person works for; an administrator's are all."""
        if editor.is_superuser:
            return self
        return self.filter(city__in=editor.edits_for.all())


def over_until(ended_at: datetime) -> datetime:
    """Return until when pages tell that an alert is over."""
    return ended_at + TOLD_IT_IS_OVER
