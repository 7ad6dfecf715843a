"""What becomes of a statement that a resident proposes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultations.enums import Act, PublicationStatus
from consultations.models import ConsultationPage, Statement
from consultations.models.statements import LONGEST_STATEMENT
from consultations.moderation.enums import HidingReason, Outcome
from consultations.moderation.letters import keep_in_reach, language_of, tell_of_hiding
from consultations.moderation.models import APPEAL_WITHIN, Decision
from consultations.moderation.reasons import GivenReason
from consultations.moderation.records import record
from consultations.proposals.refusals import (
    NotAnOriginal,
    SimilarStatements,
    TranslationMissing,
    WordsVotedOn,
)
from consultations.proposals.similarity import similar_statements
from consultations.refusals import (
    AlreadyModerated,
    ReasonMissing,
    StatementEmpty,
    TextTooLong,
    WrongLanguage,
)
from consultations.rules import (
    city_counted_for,
    keep_address_of,
    refuse_unless_allowed,
    spend,
)
from consultations.speaking.rules import ONESELF, Voice, voice_of
from partnership.outbox.services import post
from partnership.pages.languages import CODES, known_or_default, localized
from partnership.people.models import Participant, Resident
from partnership.people.text_fields import is_blank
from partnership.serving import public_changed

PROPOSE = "consultations.propose"


@transaction.atomic
def propose_statement(
    consultation: ConsultationPage,
    *,
    participant: Participant,
    text: str,
    language_code: str,
    has_seen_similar: bool = False,
    voice: Voice = ONESELF,
    form_token: str | None,
) -> Statement:
    """Keep a statement for a moderator to read before others can vote on it.

    The consultation's row is locked, so that two proposals never get one number. Raises
    SimilarStatements, with what is there already, until the author has seen it.
    """
    rows = ConsultationPage.objects.select_for_update(of=("self",))
    consultation = rows.get(pk=consultation.pk)
    refuse_unless_allowed(consultation, Act.PROPOSE)
    city_id = city_counted_for(consultation, participant)
    if language_code not in CODES:
        raise WrongLanguage
    if is_blank(text):
        raise StatementEmpty
    if len(text) > LONGEST_STATEMENT:
        raise TextTooLong(longest=LONGEST_STATEMENT)
    if not has_seen_similar:
        _refuse_what_is_there(consultation, text, language_code)
    spoken_for = voice_of(participant, voice)
    spend(form_token, PROPOSE)
    keep_address_of(participant, consultation)
    return Statement.objects.create(
        consultation=consultation,
        participant=participant,
        city_id=city_id,
        language_code=language_code,
        publication_status=PublicationStatus.PENDING,
        **spoken_for,
        **{localized("text", language_code): text},
    )


def _refuse_what_is_there(consultation: ConsultationPage, text: str, language_code: str) -> None:
    asked = consultation.statements.asked()
    similar = similar_statements(asked, text, language_code=language_code)
    if similar:
        raise SimilarStatements(similar)


@transaction.atomic
def publish_statement(
    statement: Statement, *, by: Resident, texts: Mapping[str, str], seen: str | None = None
) -> Statement:
    """Let people vote on it, in every language, and tell its author.

    ``texts`` gives the wording in the languages it was not written in: the author's own words
    stay as they are, and so does every wording that people have voted on. ``seen`` is the status
    the moderator saw. Raises TranslationMissing, or WordsVotedOn.
    """
    own = statement.language_code
    wording = {code: text for code, text in texts.items() if code in CODES and code != own}
    for code in CODES:
        text = statement.original_text if code == own else wording.get(code, "")
        if is_blank(text):
            raise TranslationMissing(field=localized("text", code))
        if len(text) > LONGEST_STATEMENT:
            raise TextTooLong(longest=LONGEST_STATEMENT, field=localized("text", code))
    columns: dict[str, Any] = {localized("text", code): wording[code] for code in wording}
    if statement.votes.exists():
        _refuse_other_words(statement, columns)
    _decide(statement, by=by, seen=seen, into=PublicationStatus.PUBLISHED, **columns)
    _tell_author(statement, "consultation_statement_published")
    return statement


def _refuse_other_words(statement: Statement, columns: Mapping[str, str]) -> None:
    for column, text in columns.items():
        known = getattr(statement, column) or ""
        if known and text.split() != known.split():
            raise WordsVotedOn(field=column)


@transaction.atomic
def hide_statement(
    statement: Statement,
    *,
    by: Resident,
    reason: str | GivenReason,
    seen: str | None = None,
) -> Statement:
    """Keep readers from seeing it, and tell its author why and how to appeal; ``seen`` as above."""
    given = GivenReason.of(reason)
    if given.is_missing:
        raise ReasonMissing
    told = given.in_language(language_of(statement))
    into = PublicationStatus.HIDDEN
    decision = _decide(
        statement, by=by, seen=seen, into=into, kind=given.kind, moderation_reason=told
    )
    keep_in_reach(statement.participant, until=decision.decided_at + APPEAL_WITHIN)
    tell_of_hiding(statement, decision)
    return statement


@transaction.atomic
def link_statement(
    statement: Statement, *, by: Resident, original: Statement, seen: str | None = None
) -> Statement:
    """Say that it says the same as an earlier one, and lead its author there; ``seen`` as above.

    A proposal is not published beside its original; one that people have voted on stays
    where it is, with its own votes, which are never added to the other's.
    """
    if (
        original.consultation_id != statement.consultation_id
        or original.pk == statement.pk
        or original.publication_status != PublicationStatus.PUBLISHED
        or original.duplicate_of_id is not None
        or statement.duplicates.exists()
    ):
        raise NotAnOriginal
    status = seen or statement.publication_status
    is_public = status == PublicationStatus.PUBLISHED
    into = PublicationStatus.PUBLISHED if is_public else PublicationStatus.HIDDEN
    outcome = Outcome.LINKED
    _decide(statement, by=by, seen=seen, into=into, outcome=outcome, duplicate_of=original)
    _tell_author(statement, "consultation_statement_linked")
    return statement


#: What a statement may be when it is decided about; a draft is the editors' own.
DECIDABLE = (PublicationStatus.PENDING, PublicationStatus.PUBLISHED, PublicationStatus.HIDDEN)


def _decide(
    statement: Statement,
    *,
    by: Resident,
    seen: str | None,
    into: PublicationStatus,
    kind: HidingReason | str = "",
    outcome: Outcome | None = None,
    **changes: Any,
) -> Decision:
    """Compare-and-set on the status the moderator saw: of two decisions the first counts."""
    seen = seen or statement.publication_status
    decision = {
        "publication_status": into,
        "moderated_by": by,
        "moderated_at": timezone.now(),
        **changes,
    }
    unchanged = Statement.objects.filter(pk=statement.pk, publication_status=seen)
    if seen not in DECIDABLE or unchanged.update(**decision) != 1:
        raise AlreadyModerated
    for name, value in decision.items():
        setattr(statement, name, value)
    public_changed()
    return record(statement, outcome or Outcome(into.value), by=by, reason=kind)


def _tell_author(statement: Statement, kind: str) -> None:
    """Write to the author, in the author's own language; editors' own have none."""
    author = statement.participant
    if author is None or not author.email:
        return
    code = known_or_default(author.language_code)
    page = statement.consultation
    address = f"{settings.BASE_URL}{page.url_in(code)}"
    shown = statement.duplicate_of or statement
    post(
        kind,
        to=author.email,
        language_code=code,
        context={
            "name": author.get_short_name(),
            "statement": statement,
            "original": getattr(shown, localized("text", code)),
            "consultation": page,
            "url": f"{address}#{shown.anchor}",
        },
        about=statement,
    )
