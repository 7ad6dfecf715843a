"""Which annual reviews, and which years have none."""

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Case, Q, QuerySet, Value, When

from consultations.roadmap.enums import CommitmentStatus
from partnership.pages.access import open_to_all

#: So long after its year a roadmap may wait for its review before somebody is told.
PATIENCE = timedelta(days=60)


class ReviewQuerySet(QuerySet):
    """Reads as a sentence: ``AnnualReview.objects.signed().readable()``."""

    def signed(self) -> Self:
        """Signed by every city: these never change."""
        return self.exclude(signed_at=None)

    def readable(self) -> Self:
        """Of roadmaps that everybody can read."""
        return self.filter(open_to_all("roadmap__"), roadmap__live=True)


class JudgementQuerySet(QuerySet):
    """What reviews say of single promises."""

    def to_read(self) -> Self:
        """Bring along the promises; ``goes_on`` says whether readers know where one is kept up."""
        roadmap = "carried_into__roadmap__"
        is_known = When(open_to_all(roadmap), **{f"{roadmap}live": True}, then=Value(True))
        goes_on = Case(is_known, default=Value(False))
        return self.select_related("commitment", "carried_into__roadmap").annotate(goes_on=goes_on)


def judged(roadmap: Any) -> QuerySet:
    """Return what a review of the roadmap judges: every promise; a proposal never was one."""
    return roadmap.commitments.exclude(status=CommitmentStatus.PROPOSED).order_by("number")


def waits_since(year: int) -> date:
    """Return the day by which the review of a year should have been signed."""
    return date(year, 12, 31) + PATIENCE


def not_reviewed(roadmaps: QuerySet, today: date) -> QuerySet:
    """Return the published roadmaps whose review should have been signed by now."""
    is_over = Q(year__lt=(today - PATIENCE).year)
    return roadmaps.filter(is_over, live=True, annual_review__signed_at=None).order_by("year")
