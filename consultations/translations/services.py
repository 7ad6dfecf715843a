"""Proposing, writing, accepting and refusing translations, and correcting a language."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from consultations.enums import PublicationStatus
from consultations.models import Contribution, Statement
from consultations.models.statements import LONGEST_STATEMENT
from consultations.refusals import ReasonMissing, TextTooLong, WrongLanguage
from consultations.translations.enums import Origin, TranslationStatus
from consultations.translations.models import LONGEST_TRANSLATION, Translation
from consultations.translations.refusals import (
    AlreadyDecided,
    MachineTextUnchanged,
    OriginalChanged,
    SameAsOriginal,
    TooManyWaiting,
    TranslationEmpty,
    WordsNotThere,
    WrongTargetLanguage,
)
from consultations.translations.words_of import Words, digest_of, original_of
from partnership.locking import lock
from partnership.outbox.services import post
from partnership.pages.languages import CODES, known_or_default, localized
from partnership.people import tokens
from partnership.people.models import Participant, Resident
from partnership.people.text_fields import is_blank
from partnership.serving import public_changed

PROPOSE = "translations.propose"
CORRECT_LANGUAGE = "translations.correct_language"
#: Proposals of one person that may wait at the same time.
MOST_WAITING = 30


@transaction.atomic
def propose(
    words: Words,
    *,
    by: Resident,
    language_code: str,
    text: str,
    seen: str,
    form_token: str | None,
) -> Translation:
    """Keep a resident's translation for a moderator to read; a new one replaces their last.

    ``seen`` is the digest of the original they translated. The words are locked first.
    """
    words = lock(words)
    if not is_shown(words):
        raise WordsNotThere
    _refuse_unfit(words, language_code, text, seen)
    _refuse_machine_text(words, language_code, text)
    if form_token is not None:
        tokens.spend(form_token, purpose=PROPOSE)
    author = Participant.objects.of(by)
    kept = _own(words, language_code, author=author, status=TranslationStatus.PROPOSED)
    if kept is None and author.translations.waiting().count() >= MOST_WAITING:
        raise TooManyWaiting
    translation = kept or _new(words, language_code, author=author)
    translation.text, translation.source_digest = text, seen
    translation.origin, translation.created_at = _origin(words, by), timezone.now()
    translation.save()
    return translation


def is_shown(words: Words) -> bool:
    """Whether readers see these words now."""
    is_published = words.publication_status == PublicationStatus.PUBLISHED
    return is_published and words.consultation.live


@transaction.atomic
def accept(
    translation: Translation, *, by: Resident, seen: str, text: str | None = None
) -> Translation:
    """Show a proposed translation to readers and tell who wrote it.

    ``text`` is what the moderator made of it; if that is another text it is the staff's. The
    words are locked, the proposal is compared and set: of two decisions the first counts.
    """
    words = lock(translation.words)
    final = translation.text if text is None else text
    _refuse_unfit(words, translation.language_code, final, seen)
    decision = {"status": TranslationStatus.ACCEPTED, "text": final, "source_digest": seen}
    if not _same(final, translation.text):
        _refuse_machine_text(words, translation.language_code, final)
        decision["origin"] = Origin.STAFF
    _replace_accepted(words, translation.language_code)
    _decide(translation, by=by, **decision)
    _show(words, translation)
    _tell_author(translation, "consultation_translation_accepted")
    return translation


@transaction.atomic
def refuse(translation: Translation, *, by: Resident, reason: str) -> Translation:
    """Put a proposal aside and tell who wrote it why; compared and set as above."""
    if is_blank(reason):
        raise ReasonMissing
    _decide(translation, by=by, status=TranslationStatus.REFUSED, reason=reason)
    _tell_author(translation, "consultation_translation_refused")
    return translation


@transaction.atomic
def translate(
    words: Words, *, by: Resident, language_code: str, text: str, seen: str
) -> Translation:
    """Write a translation that readers see at once, as staff or as the author.

    The same text again confirms it for the original as it is now. The words are locked.
    """
    words = lock(words)
    _refuse_unfit(words, language_code, text, seen)
    shown = _own(words, language_code, status=TranslationStatus.ACCEPTED)
    if shown and not shown.by_machine and _same(shown.text, text):
        _record(shown, source_digest=seen, decided_by=by, decided_at=timezone.now())
        _show(words, shown)
        return shown
    _refuse_machine_text(words, language_code, text)
    _replace_accepted(words, language_code)
    translation = _new(words, language_code, author=Participant.objects.of(by))
    translation.text, translation.source_digest = text, seen
    translation.origin, translation.status = _origin(words, by), TranslationStatus.ACCEPTED
    translation.decided_by, translation.decided_at = by, timezone.now()
    translation.save()
    _show(words, translation)
    return translation


@transaction.atomic
def keep_machine_text(
    contribution: Contribution, *, language_code: str, text: str, source_digest: str
) -> Translation | None:
    """Show a machine's translation; None when the words changed or a person was quicker."""
    words = lock(contribution)
    if source_digest != digest_of(words) or not is_shown(words):
        return None
    shown = _own(words, language_code, status=TranslationStatus.ACCEPTED)
    if shown is not None and not shown.by_machine and shown.source_digest == source_digest:
        return None
    _replace_accepted(words, language_code)
    translation = _write_down(contribution, language_code, source_digest, text=text)
    _show(words, translation)
    return translation


@transaction.atomic
def note_that_machine_failed(
    contribution: Contribution, *, language_code: str, source_digest: str
) -> None:
    """Remember that the machine made nothing of this version, so that it rests for a day."""
    words = lock(contribution)
    shown = _own(words, language_code, status=TranslationStatus.ACCEPTED)
    if shown is None or shown.source_digest != source_digest:
        _write_down(contribution, language_code, source_digest, text="")


def _write_down(
    contribution: Contribution, language_code: str, source_digest: str, *, text: str
) -> Translation:
    """The machine's one row for this version of the words; without a text it failed."""
    status = TranslationStatus.ACCEPTED if text else TranslationStatus.REFUSED
    row, _created = Translation.objects.update_or_create(
        contribution=contribution,
        language_code=language_code,
        source_digest=source_digest,
        origin=Origin.MACHINE,
        defaults={"text": text, "status": status, "decided_at": timezone.now()},
    )
    return row


@transaction.atomic
def correct_language(
    contribution: Contribution, *, language_code: str, form_token: str | None = None
) -> Contribution:
    """Say in which language a comment is written; its translations are stale from then on."""
    if language_code not in CODES:
        raise WrongLanguage
    words = lock(contribution)
    if form_token is not None:
        tokens.spend(form_token, purpose=CORRECT_LANGUAGE)
    if words.language_code != language_code:
        words.language_code = language_code
        words.save(update_fields=("language_code",))
        public_changed()
    contribution.language_code = language_code
    return contribution


# What they share ---------------------------------------------------------------------------


def _of(words: Words) -> dict[str, Words]:
    return {"contribution" if isinstance(words, Contribution) else "statement": words}


def _own(words: Words, language_code: str, **conditions: Any) -> Translation | None:
    own = Translation.objects.filter(language_code=language_code, **_of(words), **conditions)
    return own.first()


def _new(words: Words, language_code: str, *, author: Participant) -> Translation:
    return Translation(language_code=language_code, author=author, **_of(words))


def _origin(words: Words, by: Resident) -> str:
    """An author translating their own words is their author, whoever else they are."""
    if words.participant is not None and words.participant.resident_id == by.pk:
        return Origin.AUTHOR
    return Origin.STAFF if by.is_staff else Origin.VOLUNTEER


def _refuse_unfit(words: Words, language_code: str, text: str, seen: str) -> None:
    """Raise the refusal a text deserves as a person's translation of these words."""
    if language_code not in CODES or language_code == words.language_code:
        raise WrongTargetLanguage
    if seen != digest_of(words):
        raise OriginalChanged
    if is_blank(text):
        raise TranslationEmpty
    longest = LONGEST_STATEMENT if isinstance(words, Statement) else LONGEST_TRANSLATION
    if len(text) > longest:
        raise TextTooLong(longest=longest)
    if _same(text, original_of(words)):
        raise SameAsOriginal


def _refuse_machine_text(words: Words, language_code: str, text: str) -> None:
    """A machine's words sent in by a person would pass for theirs."""
    machines = Translation.objects.filter(
        language_code=language_code, origin=Origin.MACHINE, **_of(words)
    )
    if any(_same(text, made) for made in machines.values_list("text", flat=True)):
        raise MachineTextUnchanged


def _same(one: str, other: str) -> bool:
    """Whether only spaces and line breaks differ."""
    return one.split() == other.split()


def _replace_accepted(words: Words, language_code: str) -> None:
    shown = Translation.objects.accepted().filter(language_code=language_code, **_of(words))
    shown.update(status=TranslationStatus.REPLACED)


def _decide(translation: Translation, *, by: Resident, **values: Any) -> None:
    """Compare-and-set from waiting: of two decisions the first counts."""
    values = {**values, "decided_by": by, "decided_at": timezone.now()}
    waiting = Translation.objects.filter(
        pk=translation.pk, status=TranslationStatus.PROPOSED, text=translation.text
    )
    if waiting.update(**values) != 1:
        raise AlreadyDecided
    for name, value in values.items():
        setattr(translation, name, value)


def _record(translation: Translation, **values: Any) -> None:
    for name, value in values.items():
        setattr(translation, name, value)
    translation.save(update_fields=tuple(values))


def _show(words: Words, translation: Translation) -> None:
    """A statement is voted on, so its wording is its own column, whoever wrote it."""
    if isinstance(words, Statement):
        column = localized("text", translation.language_code)
        setattr(words, column, translation.text)
        words.save(update_fields=(column,))
    public_changed()


def _tell_author(translation: Translation, kind: str) -> None:
    """Write to who proposed it, in their own language; a guest proposes nothing."""
    author = translation.author and translation.author.resident
    if not author:
        return
    code = known_or_default(author.language_code)
    page = translation.consultation
    post(
        kind,
        to=author.email,
        language_code=code,
        context={
            "name": author.get_short_name(),
            "translation": translation,
            "consultation": page,
            "url": f"{settings.BASE_URL}{translation.words.path_in(code)}",
        },
        about=translation,
    )
