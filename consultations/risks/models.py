"""Risks with their ratings and owners, and contingency plans."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldRowPanel

from consultations.fields import StaffKey
from consultations.risks.enums import Band, Impact, Likelihood, RiskKind, RiskState
from consultations.risks.querysets import PlanQuerySet, RatingQuerySet, RiskQuerySet
from partnership.pages.panels import side_by_side
from partnership.pages.wording.remembering import RemembersWording

#: An exercise of a plan counts for so many years.
YEARS = 2
#: A drill that is in one of these states took place on no day.
NOT_HAPPENED = ("cancelled", "postponed")


def _level(label: Any, choices: type[models.IntegerChoices]) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, choices=choices)


class Rated(models.Model):
    """How likely and how bad something is, without any measure and with those taken.

    It may say what it follows from: what was seen at a drill, or a lesson.
    """

    likelihood = _level(_("likelihood without measures"), Likelihood)
    impact = _level(_("impact without measures"), Impact)
    residual_likelihood = _level(_("likelihood with the measures"), Likelihood)
    residual_impact = _level(_("impact with the measures"), Impact)
    reason = models.CharField(
        _("why it is rated so"),
        max_length=300,
        blank=True,
        help_text=_("Kept with the day whenever the rating changes, so that it can be followed."),
    )
    observation = models.ForeignKey(
        "drills.Observation",
        verbose_name=_("what was seen at a drill"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text=_("If it is rated so because of it. The next rating begins without."),
    )
    lesson = models.ForeignKey(
        "archive.Lesson",
        verbose_name=_("lesson"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text=_("If it is rated so because of one; the lesson itself leads on to its drill."),
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    likelihood__range=(1, 5),
                    impact__range=(1, 5),
                    residual_likelihood__range=(1, F("likelihood")),
                    residual_impact__range=(1, F("impact")),
                ),
                name="%(class)s_levels_are_possible",
                violation_error_message=_(
                    "With the measures it is neither likelier nor worse than without them."
                ),
            ),
            models.CheckConstraint(
                condition=Q(observation=None) | Q(lesson=None),
                name="%(class)s_follows_from_one_thing",
                violation_error_message=_("Choose what was seen, or the lesson: not both."),
            ),
        )

    @property
    def levels(self) -> tuple[int, int, int, int]:
        """The four numbers of the rating."""
        return self.likelihood, self.impact, self.residual_likelihood, self.residual_impact

    @property
    def score(self) -> int:
        """What it is without measures, from 1 to 25."""
        return self.likelihood * self.impact

    @property
    def residual_score(self) -> int:
        """What is left of it, from 1 to 25."""
        return self.residual_likelihood * self.residual_impact

    @property
    def band(self) -> Band:
        """The word for it without measures."""
        return Band.of(self.score)

    @property
    def residual_band(self) -> Band:
        """The word for what is left of it."""
        return Band.of(self.residual_score)


class Risk(Rated, RemembersWording, ClusterableModel):
    """One thing that may go wrong: because of what, and what would follow."""

    event = models.CharField(_("what may happen"), max_length=160, blank=True)
    cause = models.CharField(_("cause"), max_length=250, blank=True)
    effect = models.CharField(_("effect"), max_length=250, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=RiskKind)
    cities = models.ManyToManyField("cities.City", verbose_name=_("cities"), related_name="risks")
    measures = models.TextField(
        _("measures"),
        blank=True,
        help_text=_("What is done so that it is less likely or less bad."),
    )
    review_by = models.DateField(
        _("review by"), help_text=_("The day by which somebody looks at it again.")
    )
    state = models.CharField(_("state"), max_length=10, choices=RiskState, default=RiskState.OPEN)
    threatens = models.ManyToManyField(
        "roadmap.Commitment",
        verbose_name=_("commitments it threatens"),
        blank=True,
        related_name="risks",
    )
    is_published = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Readers see it. Leave out what would help somebody do harm."),
    )

    publish_required = ("event", "cause", "effect", "reason")
    objects = RiskQuerySet.as_manager()

    class Meta(Rated.Meta):
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.event or f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        """Where it is read in the active language."""
        return reverse("risk", args=(self.pk,))

    @property
    def is_open(self) -> bool:
        """Whether it is still watched."""
        return self.state == RiskState.OPEN

    def is_overdue_on(self, today: date) -> bool:
        """Whether somebody should have looked at it again by now."""
        return self.is_open and self.review_by < today


class RiskRating(Rated):
    """How a risk was rated from a day on; written by the service alone, never changed."""

    risk = models.ForeignKey(
        Risk, verbose_name=_("risk"), on_delete=models.CASCADE, related_name="ratings"
    )
    rated_on = models.DateField(_("rated on"))

    objects = RatingQuerySet.as_manager()

    class Meta(Rated.Meta):
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ("-rated_on", "-pk")

    def __str__(self) -> str:
        return f"{self.rated_on}: {self.residual_score}"

    def get_absolute_url(self) -> str:
        """Where readers find it on the page of its risk."""
        return f"{self.risk.get_absolute_url()}#rating-{self.pk}"


class RiskOwner(models.Model):
    """Who answers for a risk in one city. Readers are told the office, never the name."""

    risk = ParentalKey(Risk, on_delete=models.CASCADE, related_name="owners")
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    person = StaffKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who answers for it. Readers see the office only."),
    )
    office = models.CharField(_("office"), max_length=120, blank=True)

    publish_required = ("office",)
    panels = (FieldRowPanel(("city", "person")), side_by_side("office", heading=_("office")))

    class Meta:
        verbose_name = _("owner of a risk")
        verbose_name_plural = _("owners of risks")
        ordering = ("city__position",)
        constraints = (
            models.UniqueConstraint(
                fields=("risk", "city"),
                name="risk_has_one_owner_in_a_city",
                violation_error_message=_("This city is named twice."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.city}: {self.office}"

    @property
    def is_there(self) -> bool:
        """Whether somebody who still works here answers for it."""
        return self.person is not None and self.person.is_active and self.person.is_staff


class ContingencyPlan(RemembersWording, ClusterableModel):
    """What is done first when a risk comes true: three things, and who does them."""

    risk = models.OneToOneField(
        Risk, verbose_name=_("risk"), on_delete=models.CASCADE, related_name="plan"
    )
    trigger = models.CharField(
        _("trigger"),
        max_length=250,
        blank=True,
        help_text=_("What has to be seen for it to begin."),
    )
    first_action = models.CharField(_("first action"), max_length=250, blank=True)
    second_action = models.CharField(_("second action"), max_length=250, blank=True)
    third_action = models.CharField(_("third action"), max_length=250, blank=True)
    exercised_on = models.DateField(_("last exercised on"), null=True, blank=True)
    drill = models.ForeignKey(
        "events.DrillPage",
        verbose_name=_("drill it was exercised at"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contingency_plans",
        help_text=_("When the drill is over, its day counts by itself."),
    )
    is_published = models.BooleanField(
        _("public"), default=False, help_text=_("Readers see it on the page of a public risk.")
    )

    publish_required = ("trigger", "first_action", "second_action", "third_action")
    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("contingency plan")
        verbose_name_plural = _("contingency plans")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return str(self.risk)

    @property
    def last_exercised_on(self) -> date | None:
        """The latest day on which it was exercised, at its drill or otherwise."""
        days = (self.exercised_on, self.day_of_the_drill)
        return max((day for day in days if day is not None), default=None)

    @property
    def day_of_the_drill(self) -> date | None:
        """The day of its drill, once that is over and took place."""
        drill: Any = self.drill
        if drill is None or not drill.live or drill.event_status in NOT_HAPPENED:
            return None
        return drill.ends_at.astimezone(drill.zone).date() if drill.is_over else None

    @property
    def counts_until(self) -> date | None:
        """The last day on which the latest exercise still counts; None when there was none."""
        day = self.last_exercised_on
        return years_after(day, YEARS) if day else None


class PlanDuty(models.Model):
    """Who does each of the three things in one city."""

    plan = ParentalKey(ContingencyPlan, on_delete=models.CASCADE, related_name="duties")
    city = models.ForeignKey(
        "cities.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+"
    )
    first_by = models.CharField(_("who does the first"), max_length=120, blank=True)
    second_by = models.CharField(_("who does the second"), max_length=120, blank=True)
    third_by = models.CharField(_("who does the third"), max_length=120, blank=True)

    publish_required = ("first_by", "second_by", "third_by")
    panels = (
        "city",
        side_by_side("first_by", heading=_("who does the first")),
        side_by_side("second_by", heading=_("who does the second")),
        side_by_side("third_by", heading=_("who does the third")),
    )

    class Meta:
        verbose_name = _("who does it in a city")
        verbose_name_plural = _("who does it in the cities")
        ordering = ("city__position",)
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "city"),
                name="plan_names_a_city_once",
                violation_error_message=_("This city is named twice."),
            ),
        )

    def __str__(self) -> str:
        return str(self.city)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February the day after, where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
