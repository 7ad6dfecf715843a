"""Which programmes and campaigns, and which promises they serve."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from wagtail.query import PageQuerySet

from consultations.initiatives.enums import CAMPAIGNS, PROGRAMMES
from partnership.pages.access import open_to_all


class InitiativeQuerySet(PageQuerySet):
    """Reads as a sentence: ``InitiativePage.objects.published().running_on(today)``."""

    def published(self) -> Self:
        """Those every reader may open."""
        return self.live().filter(open_to_all())

    def programmes(self) -> Self:
        """What runs for years."""
        return self.filter(kind__in=PROGRAMMES)

    def campaigns(self) -> Self:
        """What has a message and an end."""
        return self.filter(kind__in=CAMPAIGNS)

    def ended_before(self, day: date) -> Self:
        """Whose last day was before this one."""
        return self.filter(ends_on__lt=day)

    def running_on(self, day: date) -> Self:
        """Begun by this day and not over."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def ran_in(self, year: int) -> Self:
        """Begun by the end of that year and not over before it."""
        lasted = Q(ends_on=None) | Q(ends_on__gte=date(year, 1, 1))
        return self.filter(lasted, starts_on__lte=date(year, 12, 31))

    def whole(self) -> Self:
        """Read with each what programmes and campaigns have for themselves, and its photo."""
        return self.select_related("programmepage", "campaignpage", "cover_photo")

    def with_last_reading(self) -> Self:
        """Add ``last_read_on``: the day of the newest reading of any of its indicators."""
        indicators: Any = self.model._meta.get_field("indicators").related_model
        readings: Any = indicators._meta.get_field("readings").related_model
        own = readings.objects.filter(indicator__page=OuterRef("pk")).order_by("-read_on")
        return self.annotate(last_read_on=Subquery(own.values("read_on")[:1]))

    def serving(self, commitment: int | None) -> Self:
        """Those that serve this promise."""
        return self.filter(served__commitment=commitment)


class ServedQuerySet(models.QuerySet):
    """From programmes and campaigns to the promises they serve."""

    def by_published(self) -> Self:
        """Those whose page every reader may open."""
        pages: Any = self.model._meta.get_field("page").related_model
        return self.filter(page__in=pages.objects.published().values("pk"))
