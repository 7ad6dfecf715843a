"""What residents do with comments: support them, change or take back their own, report them."""

from django.db import transaction
from django.utils import timezone

from consultations.conversation.counts import count_support, keep_support
from consultations.enums import Act, Moderation, PublicationStatus, ReportReason
from consultations.models import Contribution, EarlierWording, Report, Support
from consultations.models.conversation import LONGEST_NOTE
from consultations.moderation.enums import Outcome
from consultations.moderation.letters import language_of
from consultations.moderation.reasons import GivenReason
from consultations.moderation.records import record
from consultations.moderation.services.reports import hold_if_reported_enough
from consultations.refusals import (
    AlreadyModerated,
    CommentNotThere,
    EditingOver,
    OwnComment,
    ReasonMissing,
    ReasonNotKnown,
    TextTooLong,
)
from consultations.replies import count_reply
from consultations.rules import (
    city_counted_for,
    fresh,
    refuse_a_spent_address,
    refuse_unless_allowed,
    spend,
)
from consultations.services import refuse_unless_readable, tell_author
from partnership.ledger import quotes
from partnership.locking import lock
from partnership.people.models import Participant, Resident
from partnership.publication import holds_link
from partnership.serving import public_changed, public_forgotten

EDIT = "consultations.edit_comment"
REPORT = "consultations.report_comment"
#: What its author cannot take back: it is gone already, for good or by the author's own hand.
GONE = (PublicationStatus.WITHDRAWN, PublicationStatus.ERASED)


@transaction.atomic
def support_comment(
    contribution: Contribution, *, participant: Participant, supports: bool | None
) -> Contribution:
    """Record that somebody supports a comment or does not; None takes it back.

    The comment's row is locked while its figures are counted anew from the rows, so that they
    never differ. It needs no token: to say the same twice changes nothing.
    """
    contribution = lock(contribution)
    consultation = fresh(contribution.consultation_id)
    refuse_unless_allowed(consultation, Act.COMMENT)
    city_id = city_counted_for(consultation, participant)
    if contribution.publication_status != PublicationStatus.PUBLISHED:
        raise CommentNotThere
    if contribution.participant_id == participant.pk:
        raise OwnComment
    if supports is None:
        Support.objects.filter(contribution=contribution, participant=participant).delete()
    else:
        keep_support(contribution, participant, supports=supports, city_id=city_id)
    count_support(contribution)
    public_changed()
    return contribution


@transaction.atomic
def edit_comment(
    contribution: Contribution, *, participant: Participant, text: str, form_token: str | None
) -> Contribution:
    """Change one's own words within 15 minutes; moderators keep the earlier ones.

    What readers see already stays as it is until a moderator has passed the new words, where
    moderators read first or where the new words hold a link. Locks the row.
    """
    contribution = lock(contribution)
    if contribution.participant_id != participant.pk:
        raise CommentNotThere
    if not contribution.is_editable:
        raise EditingOver
    refuse_unless_readable(text)
    spend(form_token, EDIT)
    is_public = contribution.publication_status == PublicationStatus.PUBLISHED
    if is_public and _is_read_first(contribution, text):
        contribution.waiting_text = text if text != contribution.text else ""
    else:
        replace_words(contribution, text)
    contribution.save(update_fields=("text", "title", "waiting_text", "edited_at"))
    public_changed()
    return contribution


def _is_read_first(contribution: Contribution, text: str) -> bool:
    return contribution.consultation.moderation == Moderation.BEFORE or holds_link(text)


def replace_words(contribution: Contribution, text: str) -> None:
    """Put new words in the place of the old, which are kept; the caller saves."""
    if text != contribution.text:
        EarlierWording.objects.create(contribution=contribution, text=contribution.text)
        contribution.put_words(text)
        contribution.edited_at = timezone.now()
    contribution.waiting_text = ""


@transaction.atomic
def show_name(
    contribution: Contribution, *, participant: Participant, is_shown: bool
) -> Contribution:
    """Let readers see one's own name beside a comment, or no longer, at any time. Locks the row."""
    contribution = lock(contribution)
    if contribution.participant_id != participant.pk:
        raise CommentNotThere
    contribution.is_name_hidden = not is_shown
    contribution.save(update_fields=("is_name_hidden",))
    public_changed()
    return contribution


@transaction.atomic
def take_off_the_map(contribution: Contribution, *, participant: Participant) -> Contribution:
    """Forget where one's own idea is about, at any time. Locks the row."""
    contribution = lock(contribution)
    if contribution.participant_id != participant.pk:
        raise CommentNotThere
    contribution.latitude = contribution.longitude = None
    contribution.save(update_fields=("latitude", "longitude"))
    public_forgotten()
    return contribution


@transaction.atomic
def withdraw_comment(contribution: Contribution, *, participant: Participant) -> Contribution:
    """Take one's own comment back, at any time, with its place; replies to it stay.

    Locks the row.
    """
    contribution = lock(contribution)
    if contribution.participant_id != participant.pk:
        raise CommentNotThere
    before = contribution.publication_status
    if before in GONE:
        return contribution
    contribution.publication_status = PublicationStatus.WITHDRAWN
    contribution.waiting_text = ""
    contribution.latitude = contribution.longitude = None
    contribution.save(update_fields=("publication_status", "waiting_text", "latitude", "longitude"))
    quotes.forget(contribution)
    count_reply(contribution, before=before)
    settle_reports(contribution)
    public_forgotten()
    return contribution


@transaction.atomic
def report_comment(
    contribution: Contribution,
    *,
    participant: Participant,
    reason: str,
    note: str = "",
    form_token: str | None,
) -> Report:
    """Tell the moderators what is wrong with a comment; once for each person.

    With enough reports it is hidden until a moderator has looked. Locks its row.
    """
    if reason not in ReportReason.values:
        raise ReasonNotKnown
    if len(note) > LONGEST_NOTE:
        raise TextTooLong(longest=LONGEST_NOTE, field="note")
    contribution = lock(contribution)
    if contribution.publication_status != PublicationStatus.PUBLISHED:
        raise CommentNotThere
    if contribution.participant_id == participant.pk:
        raise OwnComment
    refuse_a_spent_address(fresh(contribution.consultation_id), participant)
    spend(form_token, REPORT)
    report, _is_new = Report.objects.get_or_create(
        contribution=contribution,
        participant=participant,
        defaults={"reason": reason, "note": note},
    )
    hold_if_reported_enough(contribution)
    return report


def settle_reports(contribution: Contribution) -> int:
    """Note that a moderator has decided about what was reported so far."""
    waiting = contribution.reports.filter(settled_at=None)
    return waiting.update(settled_at=timezone.now())


# What moderators do ----------------------------------------------------------------------------


@transaction.atomic
def pass_new_words(contribution: Contribution, *, by: Resident, seen_words: str) -> Contribution:
    """Show the new words in the place of the old ones, and tell their author.

    ``seen_words`` are those the moderator read; others raise AlreadyModerated. Locks the row.
    """
    contribution = lock(contribution)
    if not contribution.waiting_text or contribution.waiting_text != seen_words:
        raise AlreadyModerated
    replace_words(contribution, contribution.waiting_text)
    _note_moderator(contribution, by)
    tell_author(contribution, "consultation_comment_published")
    return contribution


@transaction.atomic
def keep_as_it_is(
    contribution: Contribution,
    *,
    by: Resident,
    reason: str | GivenReason = "",
    seen_words: str = "",
) -> Contribution:
    """Leave what readers see: set reports aside, and new words with a reason for their author.

    Locks the row; ``seen_words`` as above.
    """
    contribution = lock(contribution)
    if contribution.waiting_text != seen_words:
        raise AlreadyModerated
    if contribution.waiting_text:
        given = GivenReason.of(reason)
        if given.is_missing:
            raise ReasonMissing
        words = contribution.waiting_text
        EarlierWording.objects.create(contribution=contribution, text=words)
        contribution.waiting_text = ""
        contribution.moderation_reason = given.in_language(language_of(contribution))
        tell_author(contribution, "consultation_words_not_passed", words=words)
    _note_moderator(contribution, by)
    return contribution


def _note_moderator(contribution: Contribution, by: Resident) -> None:
    contribution.moderated_by, contribution.moderated_at = by, timezone.now()
    contribution.save()
    settle_reports(contribution)
    record(contribution, Outcome.KEPT, by=by)
    public_changed()
