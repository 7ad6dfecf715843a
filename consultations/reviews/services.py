"""Begin the review of a year, ask every city to sign it, keep it as it was signed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from consultations.reviews.enums import Verdict
from consultations.reviews.figures import figures_of
from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.reviews.refusals import ReviewExists, ReviewIsSigned
from consultations.reviews.signing import cities_of, left_out
from consultations.roadmap.enums import OUTSTANDING, CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership import continuity
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import request_approval
from partnership.ledger.signers import may_sign
from partnership.locking import lock
from partnership.people.models import Resident
from partnership.serving import public_changed


@transaction.atomic
def begin_review(roadmap: RoadmapPage) -> AnnualReview:
    """Return the draft of the roadmap's review, with a row for every promise and no verdict.

    Locks the roadmap. Raises ReviewExists where somebody was first.
    """
    roadmap = RoadmapPage.objects.select_for_update(of=("self",)).get(pk=roadmap.pk)
    if AnnualReview.objects.filter(roadmap=roadmap).exists():
        raise ReviewExists
    review: AnnualReview = AnnualReview.objects.create(roadmap=roadmap)
    take_in(review)
    return review


def take_in(review: AnnualReview) -> None:
    """Give every promise that came to the roadmap since a row of its own, not judged yet."""
    rows = CommitmentReview.objects.filter(review=review)
    for commitment in left_out(review, rows):
        CommitmentReview.objects.create(review=review, commitment=commitment)


@transaction.atomic
def ask_to_sign(
    review: AnnualReview, *, by: Resident, today: date | None = None
) -> ApprovalRequest:
    """Ask every city of the roadmap to sign the review with the figures of today.

    Who asks signs by it, unless they work for several of the cities and have to choose one.
    Locks the review. Raises ReviewIsSigned, ReviewNotReady, or what the ledger refuses with.
    """
    review = lock(review)
    if review.is_signed:
        raise ReviewIsSigned
    review.figures = figures_of(review.roadmap, today or continuity.today())
    review.save(update_fields=["figures"])
    own = [city for city in cities_of(review) if may_sign(by, city)]
    return request_approval(review, by=by, signing_for=own[0] if len(own) == 1 else None)


@transaction.atomic
def keep_as_signed(review: AnnualReview, *, request: ApprovalRequest) -> AnnualReview:
    """Let readers see the review; called by the last signature, with the review locked.

    What every city has signed to be carried over is late no more, whatever its day.
    """
    if not review.is_signed:
        review.signed_at = timezone.now()
        review.save(update_fields=["signed_at"])
        carried = review.judgements.filter(verdict=Verdict.CARRIED_OVER)
        waits = Commitment.objects.filter(judgements__in=carried, status__in=OUTSTANDING)
        Commitment.objects.filter(pk__in=list(waits.values_list("pk", flat=True))).update(
            status=CommitmentStatus.CONTINUED
        )
        public_changed()
    return review
