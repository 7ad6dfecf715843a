"""An author appeals, and somebody of another city looks again."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.moderation.enums import Outcome
from consultations.moderation.letters import keep_in_reach, tell_author, tell_judges
from consultations.moderation.models import (
    APPEAL_WITHIN,
    LONGEST_ANSWER,
    LONGEST_APPEAL,
    Appeal,
    Decision,
)
from consultations.moderation.records import record
from consultations.moderation.refusals import (
    AnswerMissing,
    AppealDecided,
    AppealedAlready,
    AppealEmpty,
    AppealTooLate,
    NothingToAppeal,
    NotYourAppeal,
)
from consultations.refusals import TextTooLong
from consultations.reminders.late import staff_with
from consultations.replies import count_reply
from consultations.rules import spend
from partnership.cities.models import City
from partnership.locking import lock
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from partnership.people.text_fields import is_blank
from partnership.serving import public_changed

APPEAL = "moderation.appeal"
PERMISSION = "consultations.moderate_contribution"


@transaction.atomic
def appeal(decision: Decision, *, text: str, language_code: str, form_token: str | None) -> Appeal:
    """Bring a decision before the moderators of the other cities, who are told.

    Locks the words it is about; the row is unique for each decision. Raises NothingToAppeal,
    AppealedAlready, AppealTooLate or AppealEmpty.
    """
    target = lock(decision.target)
    refuse_appeal(decision, target)
    if is_blank(text):
        raise AppealEmpty
    if len(text) > LONGEST_APPEAL:
        raise TextTooLong(longest=LONGEST_APPEAL)
    spend(form_token, APPEAL)
    made = Appeal.objects.create(decision=decision, text=text, language_code=language_code)
    keep_in_reach(target.participant, until=timezone.now() + 2 * APPEAL_WITHIN)
    tell_judges(made, judges_of(decision))
    return made


def refuse_appeal(decision: Decision, target: Contribution | Statement) -> None:
    """Raise what stands against an appeal now."""
    if Appeal.objects.filter(decision=decision).exists():
        raise AppealedAlready
    standing = Decision.objects.hiding(target)
    if standing is None or standing.pk != decision.pk:
        raise NothingToAppeal
    if timezone.now() >= decision.appeal_until:
        raise AppealTooLate


def judges_of(decision: Decision) -> QuerySet[Resident]:
    """The moderators of the other cities, but never whoever decided."""
    others = City.objects.exclude(pk=decision.decided_for_id or 0)
    return staff_with(PERMISSION, others).exclude(pk=decision.decided_by_id or 0)


@transaction.atomic
def give_back(appealed: Appeal, *, by: Resident, answer: str = "") -> Appeal:
    """Show the words again; of two decisions the first counts (compare and set).

    A statement that lacks a language waits again until a moderator has put it there.
    """
    target = _decide(appealed, Outcome.RETURNED, by=by, answer=answer)
    target.publication_status = _shown_again(target)
    target.moderation_reason = ""
    target.moderated_by, target.moderated_at = by, timezone.now()
    target.save(
        update_fields=("publication_status", "moderation_reason", "moderated_by", "moderated_at")
    )
    if isinstance(target, Contribution):
        count_reply(target, before=PublicationStatus.HIDDEN)
    public_changed()
    tell_author(target, "appeal_decided", is_shown=True, answer=answer)
    return appealed


def _shown_again(target: Contribution | Statement) -> PublicationStatus:
    if isinstance(target, Statement):
        wordings = (getattr(target, localized("text", code)) or "" for code in CODES)
        if any(is_blank(wording) for wording in wordings):
            return PublicationStatus.PENDING
    return PublicationStatus.PUBLISHED


@transaction.atomic
def turn_down(appealed: Appeal, *, by: Resident, answer: str) -> Appeal:
    """Leave it hidden, and tell the author why; locks as above."""
    if is_blank(answer):
        raise AnswerMissing
    target = _decide(appealed, Outcome.UPHELD, by=by, answer=answer)
    tell_author(target, "appeal_decided", is_shown=False, answer=answer)
    return appealed


def _decide(
    appealed: Appeal, outcome: Outcome, *, by: Resident, answer: str
) -> Contribution | Statement:
    if len(answer) > LONGEST_ANSWER:
        raise TextTooLong(longest=LONGEST_ANSWER, field="answer")
    may_judge = Appeal.objects.for_judge(by).filter(pk=appealed.pk)
    if not by.has_perm(PERMISSION) or not may_judge.exists():
        raise NotYourAppeal
    target = lock(appealed.decision.target)
    decided = {"outcome": outcome, "answer": answer, "decided_by": by}
    waiting = Appeal.objects.waiting().filter(pk=appealed.pk)
    if target.publication_status != PublicationStatus.HIDDEN or not waiting.update(
        decided_at=timezone.now(), **decided
    ):
        raise AppealDecided
    for name, value in decided.items():
        setattr(appealed, name, value)
    record(target, outcome, by=by, reason=appealed.decision.reason)
    return target
