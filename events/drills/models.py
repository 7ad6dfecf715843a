"""Checklists and their copies in drills; reviews, observations and corrective actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from events.drills.enums import ActionState, ObservationKind
from events.drills.querysets import (
    ActionQuerySet,
    DrillItemQuerySet,
    ObservationQuerySet,
    ReviewQuerySet,
)
from events.reports.fields import AttendanceField
from partnership.pages.panels import side_by_side

#: A review is held within so many days.
REVIEW_WITHIN = timedelta(days=30)


class Checklist(ClusterableModel):
    """A list to copy into drills; the copies live their own lives."""

    title = models.CharField(_("title"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    def __str__(self) -> str:
        return self.title or ""


class ChecklistItem(Orderable):
    """One thing to do, and who does it."""

    checklist = ParentalKey(Checklist, on_delete=models.CASCADE, related_name="items")
    text = models.CharField(_("what to do"), max_length=250, blank=True)
    role = models.CharField(_("who does it"), max_length=120, blank=True)

    panels = (
        side_by_side("text", heading=_("what to do")),
        side_by_side("role", heading=_("who does it")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("item")
        verbose_name_plural = _("items")

    def __str__(self) -> str:
        return self.text or ""


class DrillItem(models.Model):
    """One thing to do at one drill: ticked by whom, and when."""

    drill = models.ForeignKey(
        "events.DrillPage",
        verbose_name=_("drill"),
        on_delete=models.CASCADE,
        related_name="items",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("what to do"), max_length=250, blank=True)
    role = models.CharField(_("who does it"), max_length=120, blank=True)
    source = models.ForeignKey(
        ChecklistItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("done by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = DrillItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a drill")
        verbose_name_plural = _("items of drills")
        ordering = ("number", "pk")
        permissions = (("tick_drillitem", _("Can tick items at a drill")),)
        constraints = (
            models.UniqueConstraint(fields=("drill", "number"), name="drill_number_once"),
            models.UniqueConstraint(fields=("drill", "source"), name="drill_copies_an_item_once"),
            models.CheckConstraint(
                condition=Q(done_by=None) | Q(done_at__isnull=False),
                name="drill_item_done_by_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def is_done(self) -> bool:
        """Whether it is ticked."""
        return self.done_at is not None


class AfterActionReview(ClusterableModel):
    """What the people at a drill saw, put together afterwards."""

    drill = models.OneToOneField(
        "events.DrillPage",
        verbose_name=_("drill"),
        on_delete=models.PROTECT,
        related_name="review",
    )
    held_on = models.DateField(_("held on"))
    attendance = AttendanceField(
        _("who came"),
        default=dict,
        blank=True,
        help_text=_("People by the city they live in. Fewer than five are not told to readers."),
    )
    summary = models.TextField(_("summary"), blank=True)
    is_published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers see it on the page of the drill.")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("after-action review")
        verbose_name_plural = _("after-action reviews")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.drill.title


class Observation(Orderable):
    """One thing that was seen: a strength, or an area for improvement."""

    review = ParentalKey(AfterActionReview, on_delete=models.CASCADE, related_name="observations")
    kind = models.CharField(_("kind"), max_length=20, choices=ObservationKind)
    text = models.TextField(_("observation"), blank=True)
    item_number = models.PositiveSmallIntegerField(
        _("number on the checklist"),
        null=True,
        blank=True,
        help_text=_("The item it is about, if it is about one."),
    )
    risk = models.ForeignKey(
        "risks.Risk",
        verbose_name=_("risk it bears on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="observations",
    )

    objects = ObservationQuerySet.as_manager()

    panels = ("kind", "item_number", side_by_side("text", heading=_("observation")), "risk")

    class Meta(Orderable.Meta):
        verbose_name = _("observation")
        verbose_name_plural = _("observations")

    def __str__(self) -> str:
        return self.text or ""

    def get_absolute_url(self) -> str:
        """Where readers find it on the page of its drill."""
        return f"{self.review.drill.get_url()}#seen-{self.pk}"


class CorrectiveAction(models.Model):
    """What will be done about an observation, by whom and until when."""

    observation = models.ForeignKey(
        Observation,
        verbose_name=_("observation"),
        on_delete=models.PROTECT,
        related_name="actions",
    )
    text = models.CharField(_("what is done"), max_length=250, blank=True)
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who answers for it. Readers see the city only."),
    )
    due_on = models.DateField(_("due on"))
    state = models.CharField(
        _("state"), max_length=20, choices=ActionState, default=ActionState.OPEN
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    risk = models.ForeignKey(
        "risks.Risk",
        verbose_name=_("risk it bears on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrective_actions",
        help_text=_("Only if it is another one than that of the observation."),
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("corrective action")
        verbose_name_plural = _("corrective actions")
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ActionState.DONE, closed_on__isnull=False)
                | (~Q(state=ActionState.DONE) & Q(closed_on=None)),
                name="action_is_closed_on_a_day",
                violation_error_message=_("What is closed has the day it was closed on."),
            ),
        )

    def __str__(self) -> str:
        return self.text or ""

    @property
    def today(self) -> date:
        """The day it is in its city."""
        return timezone.now().astimezone(ZoneInfo(self.city.time_zone)).date()

    @property
    def was_on_time(self) -> bool:
        """Whether it was closed by the day it was due."""
        return self.closed_on is not None and self.closed_on <= self.due_on

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is still to do."""
        still_open = self.state in {ActionState.OPEN, ActionState.IN_PROGRESS}
        return still_open and self.due_on < self.today

    @property
    def counts(self) -> bool:
        """Whether one can say if it was closed on time: it is closed, or its day is over."""
        return self.state == ActionState.DONE or self.is_late


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many corrective actions were closed on time, of those one can tell it of.

    An action counts once it is closed or its day is over; a dropped one never does.
    """

    on_time: int
    counted: int

    @classmethod
    def of(cls, actions: Iterable[CorrectiveAction]) -> "Punctuality":
        """Compute it from the actions (with their cities)."""
        counted = [action for action in actions if action.counts]
        return cls(sum(action.was_on_time for action in counted), len(counted))

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None before there is one."""
        return round(100 * self.on_time / self.counted) if self.counted else None
