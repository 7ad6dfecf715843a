"""Disagreements, the steps they went through, and what their cities change together."""

import secrets
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.roadmap.promises.enums import ChangeState
from home.committees.enums import StageKind
from home.disputes.enums import Confidentiality, OutcomeKind
from home.disputes.querysets import (
    DisputeChangeQuerySet,
    DisputeQuerySet,
    DisputeStepQuerySet,
)
from partnership.cities.models import City
from partnership.pages.wording.remembering import RemembersWording

LAST_MINUTE = time(23, 59)
OPENNESS = list(Confidentiality)


def new_key() -> str:
    """Chance for the address: numbers in a row would tell of those that nobody sees."""
    return secrets.token_hex(4)


def _of_city(label: Any, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        City, verbose_name=label, on_delete=models.PROTECT, related_name="+", **options
    )


def _leads_to(model: str, label: Any) -> models.ForeignKey:
    """A link that goes when what it leads to does, and that tells nothing there."""
    return models.ForeignKey(
        model,
        verbose_name=label,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class Dispute(RemembersWording):
    """One matter that cities do not agree on; what logs hold names its number alone."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    title = models.CharField(gettext_lazy("title"), max_length=160, blank=True)
    matter = models.TextField(
        gettext_lazy("matter"),
        blank=True,
        help_text=gettext_lazy("What the cities do not agree on, in words each of them would use."),
    )
    about = models.TextField(
        gettext_lazy("what it is about"),
        blank=True,
        help_text=gettext_lazy("What was agreed before, or where it began, if that helps."),
    )
    raised_by = _of_city(gettext_lazy("raised by"))
    raised_on = models.DateField(gettext_lazy("raised on"), default=timezone.localdate)
    cities = models.ManyToManyField(
        City, verbose_name=gettext_lazy("cities in it"), related_name="disputes"
    )
    commitment = _leads_to("roadmap.Commitment", gettext_lazy("commitment"))
    protocol = _leads_to("protocols.ProtocolPage", gettext_lazy("protocol"))
    committee = _leads_to("committees.CommitteePage", gettext_lazy("committee"))
    mediator = _leads_to("committees.Mediator", gettext_lazy("mediator"))
    confidentiality = models.CharField(
        gettext_lazy("what readers see"),
        max_length=10,
        choices=Confidentiality,
        default=Confidentiality.EXISTENCE,
    )
    outcome = models.TextField(gettext_lazy("outcome"), blank=True, editable=False)
    outcome_kind = models.CharField(
        gettext_lazy("how it ended"),
        max_length=12,
        choices=OutcomeKind,
        blank=True,
        editable=False,
    )
    settled_at = models.DateTimeField(gettext_lazy("ended at"), null=True, editable=False)
    settled_by = _of_city(gettext_lazy("ended by"), null=True, editable=False)

    publish_required = ("title", "matter")
    objects = DisputeQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # a committee's usage would tell of closed ones

    class Meta:
        verbose_name = gettext_lazy("disagreement")
        verbose_name_plural = gettext_lazy("disagreements")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, outcome_kind="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(outcome_kind="")),
                name="dispute_that_is_over_says_how",
            ),
        )

    def __str__(self) -> str:
        # No title: this stands in logs, also of what is closed.
        return _("Disagreement No. %(number)s") % {"number": self.pk or "–"}

    def get_absolute_url(self) -> str:
        """Where readers find it in the active language, unless it is closed."""
        return reverse("dispute", args=(self.key,))

    @property
    def is_told(self) -> bool:
        """Whether readers are told everything."""
        return self.confidentiality == Confidentiality.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether readers are told nothing."""
        return self.confidentiality == Confidentiality.CLOSED

    @property
    def is_settled(self) -> bool:
        """Whether it is over, however it ended."""
        return self.settled_at is not None

    @property
    def today(self) -> date:
        """The day it is in the city that raised it, whose clock counts."""
        return timezone.localdate(timezone=ZoneInfo(self.raised_by.time_zone))

    @cached_property
    def current_step(self) -> "DisputeStep | None":
        """The step it is at, of those that were fetched; None when it is over."""
        return next((step for step in self.steps.all() if step.left_at is None), None)

    def is_more_open(self, than: str) -> bool:
        """Whether readers see more of it than with that confidentiality."""
        return OPENNESS.index(Confidentiality(self.confidentiality)) > OPENNESS.index(
            Confidentiality(than)
        )


class DisputeStep(models.Model):
    """A step that was entered, until when it may last, and what was agreed in it.

    The services alone write it. The deadline is what it was when the step was entered; what
    the cities signed since is ``extended_to``.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(gettext_lazy("step"), max_length=20, choices=StageKind)
    entered_on = models.DateField(gettext_lazy("entered on"))
    entered_at = models.DateTimeField(gettext_lazy("entered at"), default=timezone.now)
    entered_by = _of_city(gettext_lazy("entered by"))
    deadline = models.DateField(gettext_lazy("last day"))
    extended_to = models.DateField(gettext_lazy("extended to"), null=True)
    left_at = models.DateTimeField(gettext_lazy("left at"), null=True)
    left_by = _of_city(gettext_lazy("left by"), null=True)
    agreed = models.TextField(gettext_lazy("what was agreed"), blank=True)

    objects = DisputeStepQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("step of a disagreement")
        verbose_name_plural = gettext_lazy("steps of disagreements")
        ordering = ("pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(fields=("dispute", "stage"), name="dispute_enters_a_step_once"),
            models.UniqueConstraint(
                fields=("dispute",), condition=Q(left_at=None), name="dispute_is_at_one_step"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_by=None)
                | Q(left_at__isnull=False, left_by__isnull=False),
                name="dispute_step_is_left_by_a_city",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_stage_display())

    @property
    def due_on(self) -> date:
        """The last day, as it is now."""
        return self.extended_to or self.deadline

    @property
    def due_at(self) -> datetime:
        """The last minute of that day, by the clock of the city that raised the matter."""
        zone = ZoneInfo(self.dispute.raised_by.time_zone)
        return datetime.combine(self.due_on, LAST_MINUTE, tzinfo=zone)

    @property
    def days(self) -> int:
        """How many days it may last; the day it was entered on is not counted."""
        return (self.due_on - self.entered_on).days

    def day_on(self, today: date) -> int:
        """Which of these days it is; 0 on the day it was entered."""
        return (today - self.entered_on).days

    def days_over(self, today: date) -> int:
        """How many days ago its last day was; 0 while it goes on."""
        return max(0, (today - self.due_on).days)


class DisputeChange(models.Model):
    """What every city of a disagreement has to sign: more time for a step, or more to be seen."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="changes")
    step = models.ForeignKey(
        DisputeStep, null=True, on_delete=models.CASCADE, related_name="changes"
    )
    until = models.DateField(gettext_lazy("new last day"), null=True)
    confidentiality = models.CharField(
        gettext_lazy("what readers see"), max_length=10, choices=Confidentiality, blank=True
    )
    reason = models.TextField(gettext_lazy("why"), blank=True)
    state = models.CharField(
        gettext_lazy("state"), max_length=10, choices=ChangeState, default=ChangeState.WAITING
    )
    settled_at = models.DateTimeField(gettext_lazy("signed or called off at"), null=True)

    objects = DisputeChangeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = gettext_lazy("change of a disagreement")
        verbose_name_plural = gettext_lazy("changes of disagreements")
        ordering = ("-pk",)
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("dispute",),
                condition=Q(state=ChangeState.WAITING),
                name="one_change_of_a_dispute_waits",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=False, step__isnull=False, confidentiality="")
                | (Q(until=None, step=None) & ~Q(confidentiality="")),
                name="dispute_change_is_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return str(self.dispute)
