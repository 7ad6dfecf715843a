"""What residents and moderators do in a consultation."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultations.answers import checked_answers
from consultations.asking.anonymous import count_anonymously
from consultations.asking.services import keep_answers, send_receipt
from consultations.enums import Act, Alignment, Moderation, PublicationStatus, VoteChoice
from consultations.models import (
    ConsultationPage,
    Contribution,
    Draft,
    PersonTakingPart,
    Response,
    Statement,
    Vote,
)
from consultations.models.contributions import LONGEST_COMMENT
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.letters import keep_in_reach, language_of, tell_of_hiding
from consultations.moderation.models import APPEAL_WITHIN, Decision
from consultations.moderation.reasons import GivenReason
from consultations.moderation.records import record
from consultations.moderation.refusals import WordsChanged
from consultations.refusals import (
    AlreadyModerated,
    BoardNotThere,
    CommentEmpty,
    CommentTooLong,
    ParagraphNotThere,
    ReasonMissing,
    ReplyNotPossible,
    StatementNotThere,
    WrongChoice,
    WrongLanguage,
)
from consultations.replies import count_reply
from consultations.rules import (
    city_counted_for,
    fresh,
    keep_address_of,
    refuse_unless_allowed,
    spend,
)
from consultations.speaking.rules import ONESELF, Voice, voice_of
from consultations.tallies import Ballot, count_ballot
from consultations.translations.detection import detect
from consultations.turns import end_turn
from partnership.locking import insert_once
from partnership.outbox.services import post
from partnership.pages.languages import CODES, active, known_or_default
from partnership.people.models import Participant, Resident
from partnership.people.text_fields import is_blank
from partnership.publication import holds_link
from partnership.serving import public_changed

VOTE = "consultations.vote"
ANSWER = "consultations.answer"
ANSWER_ANONYMOUSLY = "consultations.answer-anonymously"
COMMENT = "consultations.comment"


@transaction.atomic
def vote(
    statement: Statement, *, participant: Participant, choice: str, form_token: str | None = None
) -> Vote:
    """Record what the participant says to the statement, or change what they said before.

    The row is unique per person and locked while it changes, so that the totals always equal
    the rows. Saying the same again changes nothing and uses no token: a double click is fine.
    """
    if choice not in VoteChoice.values:
        raise WrongChoice(field="choice")
    if statement.publication_status != PublicationStatus.PUBLISHED:
        raise StatementNotThere
    consultation = fresh(statement.consultation_id)
    refuse_unless_allowed(consultation, Act.VOTE)
    given = Ballot(city_id=city_counted_for(consultation, participant), choice=choice)
    own = Vote(statement=statement, participant=participant, **given._asdict())
    is_new = insert_once(own)
    if not is_new:
        votes = Vote.objects.select_for_update(of=("self",))
        own = votes.get(statement=statement, participant=participant)
        if own.choice == choice:
            return own
    spend(form_token, VOTE)
    taken_back = None if is_new else Ballot(city_id=own.city_id, choice=own.choice)
    if is_new:
        takes_part(consultation, participant, given.city_id)
    else:
        own.city_id, own.choice, own.changed_at = *given, timezone.now()
        own.save(update_fields=("city", "choice", "changed_at"))
    end_turn(statement, participant)
    count_ballot(statement, given=given, taken_back=taken_back)
    public_changed()
    return own


def takes_part(
    consultation: ConsultationPage, participant: Participant, city_id: int | None
) -> PersonTakingPart:
    """Count this person among those who take part, in the city of their first act."""
    who = {"consultation": consultation, "participant": participant}
    known = PersonTakingPart.objects.filter(**who)
    new = PersonTakingPart(**who, city_id=city_id)
    return known.first() or (new if insert_once(new) else known.get())


@transaction.atomic
def answer(
    consultation: ConsultationPage,
    *,
    participant: Participant,
    answers: Mapping[str, Any],
    language_code: str,
    form_token: str | None,
    wants_receipt: bool = False,
    voice: Voice = ONESELF,
) -> Response:
    """Record a filled form, or replace what the participant answered before.

    ``answers`` gives a value for each question's identifier. One response per person, whose
    row is locked while its answers are replaced. Raises AnswerMissing, WrongChoice or
    TextTooLong with the question's identifier as its field. An anonymous form is asked for by a
    token of its own, so that nothing counts in another way than its reader was told; it is
    never replaced: AnsweredForGood.
    """
    consultation = fresh(consultation.pk)
    refuse_unless_allowed(consultation, Act.ANSWER)
    city_id = city_counted_for(consultation, participant)
    if language_code not in CODES:
        raise WrongLanguage
    values = checked_answers(consultation.questions.prefetch_related("options"), answers)
    if consultation.is_anonymous:
        spend(form_token, ANSWER_ANONYMOUSLY)
        person = takes_part(consultation, participant, city_id)
        public_changed()
        return count_anonymously(
            person, city_id=city_id, language_code=language_code, values=values
        )
    given = {"city_id": city_id, "language_code": language_code, **voice_of(participant, voice)}
    response = _fill_in(consultation, participant, given, form_token)
    keep_answers(response, values)
    Draft.objects.filter(consultation=consultation, participant=participant).delete()
    if wants_receipt:
        send_receipt(response, participant)
    takes_part(consultation, participant, city_id)
    public_changed()
    return response


def _fill_in(
    consultation: ConsultationPage,
    participant: Participant,
    given: dict[str, Any],
    form_token: str | None,
) -> Response:
    """The one form of this person, made or locked; it says where and when it was filled in last."""
    spend(form_token, ANSWER)
    responses = Response.objects.select_for_update(of=("self",))
    response, is_new = responses.get_or_create(
        consultation=consultation, participant=participant, defaults=given
    )
    if not is_new:
        Response.objects.filter(pk=response.pk).update(**given, changed_at=timezone.now())
    return response


@transaction.atomic
def comment(
    consultation: ConsultationPage,
    *,
    participant: Participant,
    text: str,
    language_code: str = "",
    parent: Contribution | None = None,
    statement: Statement | None = None,
    board: Any = None,
    paragraph: Any = None,
    alignment: int = Alignment.NEUTRAL,
    voice: Voice = ONESELF,
    is_name_hidden: bool = False,
    form_token: str | None,
) -> Contribution:
    """Keep a comment, or a reply to one, for a moderator to read before others can.

    Without a ``language_code`` it is told from the text, or is the one the author read in. Read
    afterwards, it is shown at once unless it holds a link. A reply is about what its comment is.
    """
    consultation = fresh(consultation.pk)
    refuse_unless_allowed(consultation, Act.COMMENT)
    city_id = city_counted_for(consultation, participant)
    refuse_unless_readable(text)
    said = _what_it_is_about(consultation, parent, alignment, (statement, board, paragraph))
    spend(form_token, COMMENT)
    contribution = Contribution.objects.create(
        consultation=consultation,
        participant=participant,
        city_id=city_id,
        language_code=told_language(text, language_code),
        text=text,
        publication_status=first_status(consultation, text),
        is_name_hidden=is_name_hidden,
        **(said | voice_of(participant, voice)),
    )
    keep_address_of(participant, consultation)
    count_reply(contribution, before=PublicationStatus.PENDING)
    public_changed()
    return contribution


def _what_it_is_about(
    consultation: ConsultationPage,
    parent: Contribution | None,
    alignment: int,
    things: tuple[Statement | None, Any, Any],
) -> dict[str, Any]:
    """What it is about; of a reply what its comment is about. Refuses what is not there."""
    statement, board, paragraph = things
    if parent is not None and not _may_be_replied_to(parent, consultation):
        raise ReplyNotPossible
    if statement is not None and statement.consultation_id != consultation.pk:
        raise StatementNotThere
    if board is not None and not _is_shown_for(consultation, board):
        raise BoardNotThere
    if paragraph is not None and not _is_current(consultation, paragraph):
        raise ParagraphNotThere
    if parent is not None:
        statement, board, paragraph = parent.statement, parent.board, parent.paragraph
    return {
        "parent": parent,
        "statement": statement,
        "board": board,
        "paragraph": paragraph,
        "alignment": _alignment(alignment, statement or board or paragraph),
    }


def told_language(text: str, said: str) -> str:
    """The language that was said, else told from the text, else the one being read in."""
    language_code = said or detect(text) or active()
    if language_code not in CODES:
        raise WrongLanguage
    return language_code


def refuse_unless_readable(text: str) -> None:
    """Raise CommentEmpty or CommentTooLong for what cannot be a comment."""
    if is_blank(text):
        raise CommentEmpty
    if len(text) > LONGEST_COMMENT:
        raise CommentTooLong(longest=LONGEST_COMMENT)


def first_status(consultation: ConsultationPage, text: str) -> PublicationStatus:
    """Whether readers see it at once, or a moderator first."""
    is_shown = consultation.moderation == Moderation.AFTER and not holds_link(text)
    return PublicationStatus.PUBLISHED if is_shown else PublicationStatus.PENDING


def _is_shown_for(consultation: ConsultationPage, board: Any) -> bool:
    """Whether readers see the board, at an event of this consultation."""
    return board.is_published and board.event.consultation_id == consultation.pk


def _is_current(consultation: ConsultationPage, paragraph: Any) -> bool:
    """Whether it stands in the last version that readers see of a text of this consultation."""
    return (
        not paragraph.is_dropped
        and consultation.draft_texts.current().filter(pk=paragraph.draft_id).exists()
    )


def _alignment(alignment: int, about: Any) -> int:
    """For or against needs something to be for or against."""
    if alignment not in Alignment.values:
        raise WrongChoice(field="alignment")
    return alignment if about is not None else Alignment.NEUTRAL


def _may_be_replied_to(parent: Contribution, consultation: ConsultationPage) -> bool:
    return (
        parent.consultation_id == consultation.pk
        and parent.parent_id is None
        and parent.publication_status == PublicationStatus.PUBLISHED
    )


@transaction.atomic
def publish_contribution(
    contribution: Contribution, *, by: Resident, seen: str | None = None
) -> Contribution:
    """Let readers see it, and tell its author; ``seen`` is the status the moderator saw."""
    _moderate(contribution, by=by, seen=seen, into=PublicationStatus.PUBLISHED)
    tell_author(contribution, "consultation_comment_published")
    return contribution


@transaction.atomic
def hide_contribution(
    contribution: Contribution,
    *,
    by: Resident,
    reason: str | GivenReason,
    seen: str | None = None,
) -> Contribution:
    """Keep readers from seeing it, and tell its author why and how to appeal; ``seen`` as above."""
    given = GivenReason.of(reason)
    if given.is_missing:
        raise ReasonMissing
    decision = _moderate(
        contribution,
        by=by,
        seen=seen,
        into=PublicationStatus.HIDDEN,
        reason=given.in_language(language_of(contribution)),
        kind=given.kind,
    )
    keep_in_reach(contribution.participant, until=decision.decided_at + APPEAL_WITHIN)
    tell_of_hiding(contribution, decision)
    return contribution


#: From which status a moderator can bring a contribution into which.
DECISIONS = {
    PublicationStatus.PUBLISHED: (PublicationStatus.PENDING, PublicationStatus.HIDDEN),
    PublicationStatus.HIDDEN: (PublicationStatus.PENDING, PublicationStatus.PUBLISHED),
}


def _moderate(
    contribution: Contribution,
    *,
    by: Resident,
    seen: str | None,
    into: PublicationStatus,
    reason: str = "",
    kind: HidingReason | str = "",
) -> Decision:
    """Compare-and-set on the status the moderator saw: of two decisions the first counts.

    On the words, too: what their author changes meanwhile is not what was decided about.
    """
    seen = seen or contribution.publication_status
    decision = {
        "publication_status": into,
        "moderation_reason": reason,
        "moderated_by": by,
        "moderated_at": timezone.now(),
    }
    found = Contribution.objects.filter(pk=contribution.pk, publication_status=seen)
    if seen not in DECISIONS[into]:
        raise AlreadyModerated
    if found.filter(text=contribution.text).update(**decision) != 1:
        raise WordsChanged if found.exists() else AlreadyModerated
    for name, value in decision.items():
        setattr(contribution, name, value)
    count_reply(contribution, before=seen)
    contribution.reports.filter(settled_at=None).update(settled_at=timezone.now())
    public_changed()
    return record(contribution, Outcome(into.value), by=by, reason=kind)


def tell_author(contribution: Contribution, kind: str, **words: str) -> None:
    """Write to the author, in their own language; to a guest as long as the address is kept."""
    author = contribution.participant
    if author is None or not author.email:
        return
    code = known_or_default(author.language_code)
    page = contribution.consultation
    post(
        kind,
        to=author.email,
        language_code=code,
        context={
            "name": author.get_short_name(),
            "contribution": contribution,
            "consultation": page,
            "url": f"{settings.BASE_URL}{contribution.path_in(code)}",
            **words,
        },
        about=contribution,
    )
