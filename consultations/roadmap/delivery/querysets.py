"""Which budget lines, indicators and milestones."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from partnership.pages.languages import field_names

if TYPE_CHECKING:
    from consultations.roadmap.models import RoadmapPage


class BudgetLineQuerySet(models.QuerySet):
    """What cities pay for promises."""

    def overspent(self) -> Self:
        """More is spent than was planned."""
        return self.filter(spent__gt=F("planned"))


class IndicatorQuerySet(models.QuerySet):
    """What is measured of promises."""

    def with_each_reading(self) -> Self:
        """One row for each reading, and one for an indicator without any; in their order.

        Adds ``reading_on``, ``reading_value``, ``reading_city`` and the words of the source.
        """
        sources = {f"reading_{name}": F(f"readings__{name}") for name in field_names("source")}
        return self.annotate(
            reading_on=F("readings__read_on"),
            reading_value=F("readings__value"),
            reading_city=F("readings__city"),
            **sources,
        ).order_by("sort_order", "pk", "readings__read_on", "readings__pk")


class MilestoneQuerySet(models.QuerySet):
    """Steps on the way to promises."""

    def of(self, roadmap: "RoadmapPage") -> Self:
        """Those of a roadmap by their planned day, with promise and city, in one query."""
        own = self.filter(commitment__roadmap=roadmap).select_related("commitment", "city")
        return own.order_by("planned_on", "commitment__number", "sort_order", "pk")

    def not_reached_by(self, day: date) -> Self:
        """Planned for a day before this one and not reached."""
        return self.filter(reached_on=None, planned_on__lt=day)
