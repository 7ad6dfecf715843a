"""What belongs to one event: venues, programme, and what is done so that everyone can come."""

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from events import years
from events.enums import ProvisionKind
from events.fields import CodesField, LanguageField, codes_in, weekday_choices
from partnership.cities.wall_clock import WallClockField
from partnership.pages.panels import side_by_side

#: When it opens and when it closes, on one day.
Opening = tuple[datetime, datetime]
PROVISION_ICONS = {
    ProvisionKind.LANGUAGE: "swap",
    ProvisionKind.HEARING: "ear",
    ProvisionKind.ACCESS: "pin",
    ProvisionKind.CHILDREN: "people",
}


OPENING_PANELS = MultiFieldPanel(
    (
        FieldRowPanel(("opens_on", "closes_on")),
        FieldRowPanel(("opens_at", "closes_at")),
        "weekdays",
    ),
    heading=_("Opening days, on the clock of the venue's city"),
)


class EventVenue(Orderable):
    """A place in one of the cities where the event happens."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="venues")
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    access_note = models.CharField(
        _("access"), max_length=300, blank=True, help_text=_("Steps, lift, tram stop, parking.")
    )
    map_url = models.URLField(_("map"), blank=True)
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    weekdays = CodesField(
        _("open on"),
        max_length=20,
        blank=True,
        offered=weekday_choices,
        help_text=_("None means every day."),
    )
    opens_at = models.TimeField(_("opens"), null=True, blank=True)
    closes_at = models.TimeField(_("closes"), null=True, blank=True)

    publish_required = ("name",)
    facts = ("address",)
    panels = (
        FieldRowPanel(("city", "map_url")),
        side_by_side("name", heading=_("name")),
        side_by_side("address", heading=_("address")),
        side_by_side("access_note", heading=_("access")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="venue_closes_after_it_opens",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="venue_closes_later_in_the_day",
                violation_error_message=_("It must close after it opens."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def has_days(self) -> bool:
        """Whether it is open on days of its own: first, last and the hours are known."""
        return None not in (self.opens_on, self.closes_on, self.opens_at, self.closes_at)

    @property
    def open_weekdays(self) -> list[int]:
        """The days of the week it is open on, Monday is 1."""
        return [int(code) for code in codes_in(self.weekdays)] or list(range(1, 8))

    @property
    def weekday_names(self) -> str:
        """The days of the week it is open on, in one line; empty when that is all of them."""
        if len(self.open_weekdays) == len(WEEKDAYS):
            return ""
        return get_text_list([str(WEEKDAYS[n - 1]) for n in self.open_weekdays], gettext("and"))

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The clock on its wall: its city's."""
        return zoneinfo.ZoneInfo(self.city.time_zone)

    def first_and_last_opening(self) -> tuple[Opening, Opening] | None:
        """Return when it opens and closes on its first day and on its last; None without any.

        Weeks repeat, so that one is looked at from either end, however far they are apart.
        """
        if self.opens_on is None or self.closes_on is None:
            return None
        first, last = years.within(self.opens_on), years.within(self.closes_on)
        one_week = [timedelta(days=n) for n in range(min((last - first).days + 1, 7))]
        opening = self._opening_on(first + days for days in one_week)
        closing = self._opening_on(last - days for days in one_week)
        return (opening, closing) if opening and closing else None

    def _opening_on(self, days: Iterable[date]) -> Opening | None:
        """When it opens and closes on the first of these days on which it does, on its clock."""
        day = next((day for day in days if day.isoweekday() in self.open_weekdays), None)
        if day is None or self.opens_at is None or self.closes_at is None:
            return None
        opens = datetime.combine(day, self.opens_at, tzinfo=self.zone)
        return opens, datetime.combine(day, self.closes_at, tzinfo=self.zone)


class ProgrammeItem(models.Model):
    """One point of the programme, at its hour."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="programme")
    starts_at = WallClockField(_("starts at"))
    ends_at = WallClockField(_("ends at"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)
    city = models.ForeignKey(
        "cities.City",
        verbose_name=_("city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: in all of them at once."),
    )
    place = models.CharField(
        _("place"), max_length=120, blank=True, help_text=_("Where it is, if not at the venue.")
    )
    language_code = LanguageField(_("language"), max_length=20, blank=True)

    publish_required = ("title",)
    panels = (
        FieldRowPanel(("starts_at", "ends_at")),
        FieldRowPanel(("city", "language_code")),
        side_by_side("place", heading=_("place")),
        side_by_side("title", heading=_("title")),
        side_by_side("description", heading=_("description")),
    )

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
        ordering = ("starts_at", "pk")

    def __str__(self) -> str:
        return self.title


class EventProvision(Orderable):
    """Something done so that everyone can come."""

    event = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="provisions")
    kind = models.CharField(
        _("kind"), max_length=20, choices=ProvisionKind, default=ProvisionKind.OTHER
    )
    text = models.CharField(_("text"), max_length=200, blank=True)

    publish_required = ("text",)
    panels = ("kind", side_by_side("text", heading=_("text")))

    class Meta(Orderable.Meta):
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")

    def __str__(self) -> str:
        return self.text

    @property
    def icon(self) -> str:
        """The icon beside it."""
        return PROVISION_ICONS.get(ProvisionKind(self.kind), "check")
