"""What a promise costs, changes and when: budget lines, indicators with readings, milestones."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel, InlinePanel
from wagtail.models import Orderable

from consultations.roadmap.delivery.money import Amounts, converted
from consultations.roadmap.delivery.querysets import (
    BudgetLineQuerySet,
    IndicatorQuerySet,
    MilestoneQuerySet,
)
from partnership.cities.days import SLIP, is_meant
from partnership.cities.models import City
from partnership.cities.today import latest_today
from partnership.pages.panels import side_by_side

not_negative = MinValueValidator(Decimal(), _("Money cannot be less than nothing."))
NOT_YET = _("This day has not come yet.")


def refuse_days(thing: models.Model, *names: str, to_come: tuple[str, ...] = ()) -> None:
    """Raise a ValidationError beside each day that nobody can mean, or that has not come yet.

    Those of ``to_come`` may be still to come.
    """
    today = latest_today()
    days = {name: day for name in (*names, *to_come) if (day := getattr(thing, name))}
    wrong = {name: SLIP for name, day in days.items() if not is_meant(day)}
    early = {name: NOT_YET for name, day in days.items() if name in names and day > today}
    if wrong or early:
        raise ValidationError({**wrong, **early})


def _money(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=12, decimal_places=2, default=Decimal(), validators=(not_negative,)
    )


def _city(label: Any) -> models.ForeignKey:
    return models.ForeignKey(City, verbose_name=label, on_delete=models.PROTECT, related_name="+")


class Cost(Orderable):
    """What one city pays for one thing, in its own money; its rate leads to the other money."""

    what = models.CharField(_("what for"), max_length=120, blank=True)
    city = _city(_("city that pays"))
    currency = models.CharField(_("currency"), max_length=3, blank=True, editable=False)
    planned = _money(pgettext_lazy("money", "planned"))
    committed = _money(_("committed"))
    spent = _money(_("spent"))
    exchange_rate = models.DecimalField(
        _("exchange rate"),
        max_digits=14,
        decimal_places=6,
        null=True,
        blank=True,
        validators=(MinValueValidator(Decimal("0.000001")),),
        help_text=_(
            "How much one unit of this city's money is in that of the first city in the list of"
            " cities that has another."
        ),
    )
    rate_currency = models.CharField(max_length=3, blank=True, editable=False)
    rate_on = models.DateField(_("day of the rate"), null=True, blank=True)
    rate_source = models.CharField(
        _("source of the rate"),
        max_length=80,
        blank=True,
        help_text=_("For example the European Central Bank."),
    )
    procurement_reference = models.CharField(
        _("procurement reference"),
        max_length=60,
        blank=True,
        help_text=_("The number of the purchase, if there is one. Readers see it."),
    )

    objects = BudgetLineQuerySet.as_manager()
    publish_required = ("what",)

    panels = (
        side_by_side("what", heading=_("what for")),
        FieldRowPanel(("city", "procurement_reference")),
        FieldRowPanel(("planned", "committed", "spent")),
        FieldRowPanel(("exchange_rate", "rate_on", "rate_source")),
    )

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")

    def __str__(self) -> str:
        return self.what or ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle_money()
        super().save(*args, **kwargs)

    def settle_money(self) -> None:
        """Keep the money it is counted in, whatever the city pays with later."""
        self.currency = self.currency or self.city.currency
        if self.exchange_rate and not self.rate_currency:
            self.rate_currency = City.objects.other_currency(self.currency)

    def clean(self) -> None:
        """Refuse a rate without its source, and one of a day to come.

        The money is settled here, too: of rows that nobody changed only those are saved that
        differ from what is stored, and an older rate may not know yet where it leads.
        """
        super().clean()
        if self.city_id:
            self.settle_money()
        refuse_days(self, "rate_on")
        if self.exchange_rate and not self.rate_source:
            raise ValidationError({"rate_source": _("Say where the rate comes from.")})

    @property
    def amounts(self) -> Amounts:
        """What is planned, committed and spent, in its own currency."""
        return Amounts(self.planned, self.committed, self.spent)

    def amounts_in(self, currency: str) -> Amounts | None:
        """The same in a currency, each rounded to the cent; None where no rate leads there."""
        if currency == self.currency:
            return self.amounts
        if self.exchange_rate is None or currency != self.rate_currency:
            return None
        return Amounts(*(converted(amount, self.exchange_rate) for amount in self.amounts))


def money_rules(table: str) -> tuple[models.CheckConstraint, ...]:
    """What is never false in a table of costs; its name makes their names."""
    return (
        models.CheckConstraint(
            condition=Q(planned__gte=0, committed__gte=0, spent__gte=0),
            name=f"{table}_not_negative",
            violation_error_message=_("Money cannot be less than nothing."),
        ),
        models.CheckConstraint(
            condition=Q(exchange_rate=None, rate_on=None)
            | Q(exchange_rate__isnull=False, exchange_rate__gt=0, rate_on__isnull=False),
            name=f"{table}_rate_has_its_day",
            violation_error_message=_("A rate needs its day, and a day its rate."),
        ),
    )


class BudgetLine(Cost):
    """What one city pays for one thing of a promise."""

    commitment = ParentalKey(
        "roadmap.Commitment", on_delete=models.CASCADE, related_name="budget_lines"
    )

    class Meta(Cost.Meta):
        constraints = money_rules("budget_line")


class Measure(ClusterableModel, Orderable):
    """What is measured to know whether something changes anything, from where to where."""

    what = models.CharField(_("what is measured"), max_length=160, blank=True)
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("For example days, children or %.")
    )
    baseline = models.DecimalField(
        _("before"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(
        _("target"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    method = models.TextField(_("how it is measured"), blank=True)

    objects = IndicatorQuerySet.as_manager()
    publish_required = ("what", "unit", "method")

    panels = (
        side_by_side("what", heading=_("what is measured")),
        side_by_side("unit", heading=_("unit")),
        FieldRowPanel(("baseline", "target")),
        side_by_side("method", heading=_("how it is measured")),
        InlinePanel("readings", heading=_("Readings"), label=_("reading")),
    )

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.what or ""


class Indicator(Measure):
    """What is measured to know whether a promise changes anything."""

    commitment = ParentalKey(
        "roadmap.Commitment", on_delete=models.CASCADE, related_name="indicators"
    )


class Measurement(models.Model):
    """What one city measured on a day."""

    read_on = models.DateField(_("day"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    city = _city(_("city that measured"))
    source = models.CharField(_("source or note"), max_length=200, blank=True)

    panels = (
        FieldRowPanel(("read_on", "value", "city")),
        side_by_side("source", heading=_("source or note")),
    )

    class Meta:
        abstract = True
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("read_on", "pk")

    def __str__(self) -> str:
        return f"{self.read_on}: {self.value}"

    def clean(self) -> None:
        """Refuse what was measured on a day to come."""
        super().clean()
        refuse_days(self, "read_on")


def once_a_day(name: str) -> models.UniqueConstraint:
    """One reading of a city for each day and indicator."""
    return models.UniqueConstraint(
        fields=("indicator", "read_on", "city"),
        name=name,
        violation_error_message=_("This city has a reading of that day already."),
    )


class Reading(Measurement):
    """What one city measured of a promise."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="readings")

    class Meta(Measurement.Meta):
        constraints = (once_a_day("one_reading_of_a_city_a_day"),)


class Milestone(Orderable):
    """A step on the way to a promise in one city: the day it is planned, the day it is reached."""

    commitment = ParentalKey(
        "roadmap.Commitment", on_delete=models.CASCADE, related_name="milestones"
    )
    what = models.CharField(_("milestone"), max_length=160, blank=True)
    city = _city(_("city"))
    planned_on = models.DateField(_("planned for"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    objects = MilestoneQuerySet.as_manager()
    publish_required = ("what",)

    panels = (
        side_by_side("what", heading=_("milestone")),
        FieldRowPanel(("city", "planned_on", "reached_on")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.what or ""

    def clean(self) -> None:
        """Refuse what was reached on a day to come, and days that nobody can mean."""
        super().clean()
        refuse_days(self, "reached_on", to_come=("planned_on",))

    def lag_on(self, today: date) -> int | None:
        """Days after the planned day, fewer than none before it; None while it is still to come.

        What is not reached lags until today.
        """
        if self.reached_on is None and self.planned_on >= today:
            return None
        return ((self.reached_on or today) - self.planned_on).days


def cost_lines(commitment: Any) -> list[BudgetLine]:
    """Return what a promise costs: an amount that no city has yet as its own, then the lines."""
    planned, spent = commitment.planned, commitment.spent
    lines = list(commitment.budget_lines.all())
    if planned is None and spent is None:
        return lines
    amounts = {"planned": planned or Decimal(), "spent": spent or Decimal()}
    return [BudgetLine(commitment=commitment, currency=commitment.currency, **amounts), *lines]
