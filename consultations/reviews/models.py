"""The annual review of a roadmap, and what it says of each promise."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from consultations.reviews.enums import SUGGESTED, Verdict
from consultations.reviews.querysets import JudgementQuerySet, ReviewQuerySet
from consultations.roadmap.enums import CommitmentStatus
from consultations.roadmap.models import RoadmapPage
from partnership.pages.wording.remembering import RemembersWording

LONGEST_REASON = 400


class AnnualReview(RemembersWording, ClusterableModel):
    """What became of a year; written as a draft, and never changed once every city has signed.

    ``figures`` are those of the day on which the cities were asked (see ``figures``).
    """

    roadmap = models.OneToOneField(
        RoadmapPage,
        verbose_name=_("roadmap"),
        on_delete=models.PROTECT,
        related_name="annual_review",
        error_messages={"unique": _("The review of this roadmap is begun already.")},
    )
    foreword = models.TextField(_("foreword"), blank=True)
    went_well = models.TextField(_("what went well"), blank=True)
    went_badly = models.TextField(_("what did not go well"), blank=True)
    to_change = models.TextField(_("what the cities change"), blank=True)
    figures = models.JSONField(default=dict, blank=True, editable=False)
    signed_at = models.DateTimeField(_("signed by every city at"), null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    page_paths = ("roadmap",)
    publish_required = ("foreword", "went_well", "went_badly", "to_change")

    class Meta:
        verbose_name = _("annual review")
        verbose_name_plural = _("annual reviews")
        ordering = ("-roadmap__year",)

    def __str__(self) -> str:
        return gettext("Review of the year %(year)s") % {"year": self.roadmap.year}

    @property
    def is_signed(self) -> bool:
        """Whether every city has signed it, and it never changes again."""
        return self.signed_at is not None

    def get_absolute_url(self) -> str:
        """Where it is read in the active language."""
        return reverse("annual_review", args=(self.roadmap.year,))


class CommitmentReview(models.Model):
    """What the cities say of one promise of the year."""

    review = ParentalKey(AnnualReview, on_delete=models.CASCADE, related_name="judgements")
    commitment = models.ForeignKey(
        "roadmap.Commitment",
        verbose_name=_("commitment"),
        on_delete=models.CASCADE,
        related_name="judgements",
        editable=False,
    )
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict, blank=True)
    why = models.CharField(
        _("why"),
        max_length=LONGEST_REASON,
        blank=True,
        help_text=_("One sentence for residents: what came of it, or what stood in the way."),
    )
    carried_into = models.ForeignKey(
        "roadmap.Commitment",
        verbose_name=_("carried over into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The commitment of a later roadmap, if it is written down already."),
    )

    objects = JudgementQuerySet.as_manager()

    publish_required = ("why",)

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ("commitment__number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "commitment"), name="commitment_once_in_a_review"
            ),
            models.CheckConstraint(
                condition=Q(carried_into=None) | Q(verdict=Verdict.CARRIED_OVER),
                name="only_what_is_carried_over_goes_on_elsewhere",
                violation_error_message=_(
                    "Only what is carried over goes on in a commitment of a later roadmap."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.commitment)

    @property
    def anchor(self) -> str:
        """The id of this row on the page of the review."""
        return f"item-{self.commitment.number}"

    @property
    def suggestion(self) -> Any:
        """The verdict that the status of the promise suggests; nobody has judged by it."""
        return SUGGESTED.get(CommitmentStatus(self.commitment.status), "")
