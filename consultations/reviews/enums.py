"""What the cities say became of a promise when the year is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.enums import CommitmentStatus


class Verdict(models.TextChoices):
    """How a promise was kept, as both cities see it."""

    KEPT = "kept", _("Kept")
    PARTLY_KEPT = "partly_kept", _("Partly kept")
    NOT_KEPT = "not_kept", _("Not kept")
    CARRIED_OVER = "carried_over", _("Carried over")


#: What a status suggests to whoever judges; nothing is judged by itself.
SUGGESTED = {
    CommitmentStatus.AGREED: Verdict.NOT_KEPT,
    CommitmentStatus.IN_PROGRESS: Verdict.PARTLY_KEPT,
    CommitmentStatus.COMPLETED: Verdict.KEPT,
    CommitmentStatus.CONTINUED: Verdict.CARRIED_OVER,
    CommitmentStatus.SUSPENDED: Verdict.NOT_KEPT,
    CommitmentStatus.CANCELLED: Verdict.NOT_KEPT,
}
#: As what state of a promise each verdict is drawn.
LOOKS = {
    Verdict.KEPT: "completed",
    Verdict.PARTLY_KEPT: "in_progress",
    Verdict.NOT_KEPT: "late",
    Verdict.CARRIED_OVER: "continued",
}
