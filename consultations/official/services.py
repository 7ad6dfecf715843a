"""Write answers, publish what every city has signed, tell who wants to know."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.analysis.models import ThemeAnnotation
from consultations.following.enums import MailKind
from consultations.following.mail import OF_ANSWERS, language_to_write_in, way_to_stop
from consultations.following.people import LONGEST_WAIT, everybody_in, in_thousands, reachable
from consultations.following.services import resume, stop
from consultations.models import ConsultationPage
from consultations.official.models import (
    AnswerSheet,
    AnswerWish,
    CoveredText,
    OfficialAnswer,
    PublishedAnswer,
)
from consultations.official.refusals import AnswerIsPublished, TargetElsewhere
from consultations.official.signing import TEXTS
from partnership.ledger.digests import digest_of
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import void_if_changed
from partnership.locking import lock
from partnership.outbox import waking
from partnership.outbox.services import post
from partnership.pages.languages import CODES, localized
from partnership.people import guests
from partnership.people.models import Participant, Resident
from partnership.serving import public_changed

#: Mails written at one tick; the next one goes on.
TOLD_AT_ONCE = 100


def sheet_of(consultation: ConsultationPage) -> AnswerSheet:
    """Return the consultation's sheet, made when it is first asked for."""
    sheet, _created = AnswerSheet.objects.get_or_create(consultation_id=consultation.pk)
    return sheet


@transaction.atomic
def keep_answer(answer: OfficialAnswer, *, commitments: Any = None, by: Resident) -> OfficialAnswer:
    """Store an answer as it is now; what the cities had signed of the sheet before is void.

    Locks the sheet first. Raises TargetElsewhere when it answers nothing of its consultation.
    """
    sheet = lock(answer.sheet)
    target = answer.target
    if target is None or target.consultation_id != sheet.consultation_id:
        raise TargetElsewhere
    answer.save()
    if commitments is not None:
        answer.commitments.set(commitments)
    void_if_changed(sheet, by=by)
    return answer


@transaction.atomic
def account_for_the_rest(sheet: AnswerSheet, *, reasons: dict[str, str], by: Resident) -> None:
    """Store why the rest has no answer of its own, by language; the cities sign it with them.

    Locks the sheet first; what was signed of it before is void.
    """
    sheet = lock(sheet)
    for code in CODES:
        setattr(sheet, localized("rest", code), reasons.get(code, ""))
    sheet.save()
    void_if_changed(sheet, by=by)


@transaction.atomic
def take_away(answer: OfficialAnswer, *, by: Resident) -> None:
    """Delete an answer that nobody has read; raises AnswerIsPublished for one that is known."""
    sheet = lock(answer.sheet)
    if answer.published.exists():
        raise AnswerIsPublished
    answer.delete()
    void_if_changed(sheet, by=by)


@transaction.atomic
def publish_sheet(sheet: AnswerSheet, *, request: ApprovalRequest) -> AnswerSheet:
    """Show readers exactly what was signed, all of it at once; called by the last signature.

    An answer that was signed before and has not changed stays as it is; a changed one replaces
    the old one, which stays on record.
    """
    now = timezone.now()
    settled = ThemeAnnotation.objects.of(sheet.consultation).settled()
    for entry in request.content["content"]["answers"]:
        _publish_answer(entry, settled, request=request, now=now)
    AnswerSheet.objects.filter(pk=sheet.pk, published_at=None).update(published_at=now)
    rest = request.content["content"].get("rest", {})
    signed = {localized("published_rest", code): rest.get(code, "") for code in CODES}
    AnswerSheet.objects.filter(pk=sheet.pk).update(**signed)
    public_changed()
    return AnswerSheet.objects.get(pk=sheet.pk)


def _publish_answer(
    entry: dict[str, Any], settled: list[Any], *, request: ApprovalRequest, now: Any
) -> None:
    digest = digest_of(entry)
    earlier = PublishedAnswer.objects.current().filter(answer=entry["answer"])
    if earlier.filter(digest=digest).exists():
        return
    earlier.update(replaced_at=now)
    texts = {localized(name, code): entry[name][code] for name in TEXTS for code in CODES}
    published = PublishedAnswer.objects.create(
        answer_id=entry["answer"],
        request=request,
        digest=digest,
        state=entry["state"],
        published_at=now,
        **texts,
    )
    published.commitments.set(entry["commitments"])
    theme_id = published.answer.theme_id
    CoveredText.objects.bulk_create(
        CoveredText(published=published, contribution_id=comment, answer_id=answer)
        for theme, comment, answer in settled
        if theme == theme_id
    )


# Telling -----------------------------------------------------------------------------------


def wish_to_hear(consultation: ConsultationPage, *, participant: Participant) -> AnswerWish:
    """Note, once, that this person wants a mail when the cities have answered.

    A guest's address is kept until then, and for a year after the close at most. Who had
    stopped the mails about this consultation gets them again.
    """
    resume(participant, consultation=consultation)
    last = max(timezone.now(), consultation.closes_at)
    guests.keep_contact(participant, until=last + LONGEST_WAIT)
    wish, _created = AnswerWish.objects.get_or_create(
        consultation=consultation, participant=participant
    )
    return wish


def stop_hearing(consultation: ConsultationPage, *, participant: Participant) -> None:
    """Write to this person no more about this consultation."""
    stop(participant, consultation=consultation)


def list_everybody() -> int:
    """Put everybody who took part where the answers are published on the list of who is told.

    Returns for how many consultations. Safe to run twice and at the same time, and to be cut
    off: each person is on the list once, and a sheet is marked when all of them are.
    """
    sheets = list(AnswerSheet.objects.to_list().filter(consultation__live=True))
    for sheet in sheets:
        people = everybody_in([sheet.consultation_id])
        for keys in in_thousands(reachable(people, sheet.consultation_id, MailKind.ANSWERS)):
            AnswerWish.objects.bulk_create(
                (
                    AnswerWish(
                        consultation_id=sheet.consultation_id, participant_id=key, wished_at=None
                    )
                    for key in keys
                ),
                ignore_conflicts=True,
            )
        AnswerSheet.objects.filter(pk=sheet.pk, listed_at=None).update(listed_at=timezone.now())
    return len(sheets)


def tell_everybody() -> int:
    """Write to everybody who waits for answers that are published; return to how many.

    Each is told once: the wish is claimed by compare-and-set in the transaction that writes
    the mail, so that two ticks at once do no harm. Goes on at the next tick where it stopped.
    """
    list_everybody()
    waiting = AnswerWish.objects.to_tell().values_list("pk", flat=True)
    return sum(_tell(pk) for pk in waiting[:TOLD_AT_ONCE])


@transaction.atomic
def _tell(pk: int) -> bool:
    if AnswerWish.objects.filter(pk=pk, told_at=None).update(told_at=timezone.now()) != 1:
        return False
    wish = AnswerWish.objects.select_related(
        "consultation", "participant__resident__city", "participant__contact__city"
    ).get(pk=pk)
    if not wish.participant.email:
        return False  # a guest whose address was erased
    key = f"consultation_answered:{wish.consultation_id}:{wish.participant_id}"
    hour = waking.hour_for(wish.participant.city)
    post(**letter_of(wish), about=wish.consultation, dedup_key=key, not_before=hour)
    return True


def letter_of(wish: AnswerWish) -> dict[str, Any]:
    """The mail that tells somebody of the answers, as ``outbox.post`` takes it."""
    code = language_to_write_in(wish.participant)
    with translation.override(code):
        address = reverse("consultation_answers", args=(wish.consultation.slug_in(code),))
    return {
        "kind": OF_ANSWERS,
        "to": wish.participant.email,
        "language_code": code,
        "context": {
            "name": wish.participant.get_short_name(),
            "consultation": wish.consultation,
            "url": f"{settings.BASE_URL}{address}",
            "has_asked": wish.wished_at is not None,
            **way_to_stop(MailKind.ANSWERS, wish.participant, wish.consultation, code),
        },
    }
