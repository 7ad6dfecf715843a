"""What whoever chairs does: one question after the other is shown, taken and answered."""

from django.db import transaction
from django.utils import timezone

from events.questions.enums import Act
from events.questions.models import LiveQuestion, QuestionTime
from events.questions.refusals import NoReason, QuestionNotThere
from partnership.pages.two_hands.locking import lock
from partnership.publication import HidingReason, PublicationStatus
from partnership.serving import public_changed

#: What a chair decides; the words beside it may be written at the same moment, in the admin.
WRITTEN = ("publication_status", "hiding_reason", "taken_at", "answered_at")


@transaction.atomic
def act(question: LiveQuestion, wanted: Act, *, reason: str = "") -> None:
    """Do what one button says; the time's row is locked, so that one question is taken at a time.

    To do the same twice changes nothing. Raises NoReason and QuestionNotThere.
    """
    lock(QuestionTime, question.question_time_id)
    try:
        question.refresh_from_db()
    except LiveQuestion.DoesNotExist as gone:  # withdrawn at the same moment
        raise QuestionNotThere from gone
    match wanted:
        case Act.PUBLISH:
            question.publication_status = PublicationStatus.PUBLISHED
            question.hiding_reason = ""
        case Act.HIDE:
            _hide(question, reason)
        case Act.TAKE:
            _take(question)
        case Act.PUT_BACK:
            question.taken_at = question.taken_at if question.answered_at else None
        case Act.SETTLE:
            question.answered_at = question.answered_at or timezone.now()
        case Act.REOPEN:
            question.answered_at = question.taken_at = None
    question.save(update_fields=WRITTEN)
    public_changed()


def _hide(question: LiveQuestion, reason: str) -> None:
    if reason not in HidingReason.values:
        raise NoReason
    question.publication_status = PublicationStatus.HIDDEN
    question.hiding_reason = reason
    if question.is_being_answered:
        question.taken_at = None


def _take(question: LiveQuestion) -> None:
    """Show it on the wall; what stood there goes back among the others."""
    if not question.is_shown or question.answered_at is not None:
        raise QuestionNotThere
    others = LiveQuestion.objects.filter(question_time=question.question_time_id)
    others.exclude(pk=question.pk).unanswered().update(taken_at=None)
    question.taken_at = question.taken_at or timezone.now()
