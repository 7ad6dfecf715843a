"""Alerts with what was done with them and who wants to hear; channels and their tests."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from home.alerts.enums import Act, Level, Reach
from home.alerts.querysets import (
    TESTED_WITHIN,
    AlertQuerySet,
    ChannelQuerySet,
    NumbersQuerySet,
    over_until,
)
from partnership.cities.models import City
from partnership.cities.wall_clock import WallClockField
from partnership.pages.panels import side_by_side


class Alert(models.Model):
    """What everybody must know at once: on every page from one instant until another."""

    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.WARNING)
    cities = models.ManyToManyField(
        City,
        verbose_name=_("cities it is about"),
        blank=True,
        related_name="+",
        help_text=_("None chosen: all of them."),
    )
    starts_at = WallClockField(_("in force from"), default=timezone.now)
    ends_at = WallClockField(_("in force until"), db_index=True)
    #: When somebody declared it over before that; empty while nobody has.
    ended_at = models.DateTimeField(_("declared over at"), null=True, editable=False)
    title = models.CharField(_("title"), max_length=80, blank=True)
    text = models.TextField(_("what to do"), max_length=400, blank=True)
    more_url = models.URLField(_("address of a page with more"), blank=True)
    #: Up to which resident, in the order of their keys, those who asked for it were written to.
    told_up_to = models.PositiveBigIntegerField(default=0, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    objects = AlertQuerySet.as_manager()

    publish_required = ("title", "text")

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ("-starts_at", "-pk")
        default_permissions = ("add", "change", "view")  # what readers were told is not deleted
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="alert_ends_after_it_starts",
                violation_error_message=_("It must end after it starts."),
            ),
        )

    def __str__(self) -> str:
        return self.title or ""

    def get_absolute_url(self) -> str:
        return reverse("alert", args=(self.pk,))

    @property
    def over_at(self) -> datetime:
        """When it is or was over: as somebody declared, or by the clock."""
        return min(self.ended_at, self.ends_at) if self.ended_at else self.ends_at

    def is_over(self, at: datetime | None = None) -> bool:
        """Whether it is over; for now, unless an instant is given."""
        return self.over_at <= (at or timezone.now())

    def is_shown(self, at: datetime) -> bool:
        """Whether every page shows it at an instant: in force, or declared over that day."""
        if self.ended_at:
            return self.starts_at < self.ended_at <= at < over_until(self.ended_at)
        return self.starts_at <= at < self.ends_at

    def turning_points(self) -> Iterator[datetime]:
        """The instants at which pages change because of it."""
        yield self.starts_at
        yield over_until(self.ended_at) if self.ended_at else self.ends_at


class AlertStep(models.Model):
    """What was done with an alert: readers see the city and the instant, staff see who."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(_("what was done"), max_length=20, choices=Act)
    #: None where it was an administrator who works for none of its cities.
    city = models.ForeignKey(
        City, verbose_name=_("city"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    done_at = models.DateTimeField(_("at"), default=timezone.now)

    wagtail_reference_index_ignore = True  # it goes with its alert

    class Meta:
        verbose_name = _("step of an alert")
        verbose_name_plural = _("steps of alerts")
        ordering = ("done_at", "pk")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.get_act_display()}"


class AlertWish(models.Model):
    """A resident asked to be written to when there is an alert."""

    resident = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alert_wish"
    )
    reach = models.CharField(_("which alerts"), max_length=10, choices=Reach)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)

    wagtail_reference_index_ignore = True  # a resident's own choice

    class Meta:
        verbose_name = _("wish to hear of alerts")
        verbose_name_plural = _("wishes to hear of alerts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_reach_display()


class Channel(ClusterableModel):
    """How the cities reach each other, or residents reach them, when little else works."""

    purpose = models.CharField(_("what it is for"), max_length=160, blank=True)
    primary_way = models.CharField(
        _("first way"),
        max_length=200,
        blank=True,
        help_text=_("A radio frequency, a telephone number, a mailbox."),
    )
    primary_is_public = models.BooleanField(_("readers see the first way"), default=False)
    fallback_way = models.CharField(
        _("way when that fails"), max_length=200, blank=True, help_text=_("The next thing to try.")
    )
    fallback_is_public = models.BooleanField(_("readers see the second way"), default=False)
    notes = models.TextField(_("notes"), blank=True, help_text=_("For staff only."))
    is_retired = models.BooleanField(
        _("no longer used"),
        default=False,
        help_text=_("Readers do not see it any more, and nobody has to test it. Its tests stay."),
    )
    added_on = models.DateField(_("added on"), default=timezone.localdate, editable=False)

    objects = ChannelQuerySet.as_manager()

    publish_required = ("purpose", "primary_way")

    class Meta:
        verbose_name = _("emergency channel")
        verbose_name_plural = _("emergency channels")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.purpose or ""

    @property
    def to_be_tested_on(self) -> date | None:
        """The day by which it has to be tested again; of rows ``with_last_test``."""
        if self.is_retired:
            return None
        last: date | None = self.last_tested_on
        return (last or self.added_on) + TESTED_WITHIN


class ChannelOffice(Orderable):
    """Who answers for a channel in one city."""

    channel = ParentalKey(Channel, on_delete=models.CASCADE, related_name="offices")
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    office = models.CharField(_("office that answers for it"), max_length=160, blank=True)

    publish_required = ("office",)
    panels = (FieldPanel("city"), side_by_side("office"))

    class Meta(Orderable.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = (
            models.UniqueConstraint(
                fields=("channel", "city"),
                name="channel_has_one_office_in_a_city",
                violation_error_message=_("Name one office for each city."),
            ),
        )

    def __str__(self) -> str:
        return self.office or ""


class ChannelTest(models.Model):
    """A city tried a channel on a day, and it worked."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="tests")
    city = models.ForeignKey(
        City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    tested_on = models.DateField(_("tested on"))

    wagtail_reference_index_ignore = True  # a record of its channel

    class Meta:
        verbose_name = _("test of a channel")
        verbose_name_plural = _("tests of channels")
        ordering = ("-tested_on", "-pk")
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("channel", "city", "tested_on"), name="channel_tested_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.tested_on}"


class EmergencyNumbers(models.Model):
    """Whom to call in one city, in the words of its editors."""

    city = models.OneToOneField(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="+",
        error_messages={"unique": _("The numbers of this city are there already: change those.")},
    )
    text = models.TextField(
        _("whom to call"),
        max_length=1000,
        blank=True,
        help_text=_("One number in each line, with what it is for."),
    )

    objects = NumbersQuerySet.as_manager()

    publish_required = ("text",)

    class Meta:
        verbose_name = _("emergency numbers")
        verbose_name_plural = _("emergency numbers")
        ordering = ("city__position",)

    def __str__(self) -> str:
        return str(self.city)
