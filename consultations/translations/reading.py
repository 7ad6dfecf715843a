"""What a reader is shown of somebody's words: as written, or the translation that counts."""

from dataclasses import dataclass
from typing import Any

from consultations.models import Contribution, Statement
from consultations.translations.enums import Origin
from consultations.translations.words_of import digest_of, original_of
from partnership.pages.languages import active, localized

#: Text, origin and digest of an accepted translation; None three times when there is none.
Accepted = tuple[str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words for one reader: ``original`` is empty when they read it as it was written.

    A translation that is stale is not shown: it would lay words into somebody's mouth who has
    said something else. The reader then gets the original, marked with its language.
    """

    text: str
    language_code: str
    original: str = ""
    origin: str = ""

    @property
    def can_be_better(self) -> bool:
        """Whether a neighbour's translation would help this reader."""
        is_foreign = self.language_code != active()
        return is_foreign or self.origin == Origin.MACHINE


def reading_of(contribution: Contribution) -> Reading:
    """Return the comment as the reader gets it; ask ``with_translation_into()`` for the rows."""
    words: Any = contribution  # annotated
    text = contribution.text
    is_current = (
        contribution.language_code != active()
        and words.translated_text
        and words.translated_from == digest_of(contribution)
    )
    if not is_current:
        return Reading(text, contribution.language_code)
    return Reading(words.translated_text, active(), text, words.translated_by)


def wording_origin(statement: Statement) -> str:
    """Return whose wording of the statement this reader sees; see ``origin_of_wording``."""
    words: Any = statement  # annotated
    accepted = (words.translated_text, words.translated_by, words.translated_from)
    return origin_of_wording(statement, active(), accepted)


def origin_of_wording(statement: Statement, code: str, accepted: Accepted) -> str:
    """Return whose wording of the statement stands in that language; empty for its author's.

    The words are in the statement's own columns, where editors write all languages side by
    side and vouch for them when they save. So a wording is the staff's, unless it is word for
    word the translation that was accepted, of the original as it still is.
    """
    text, origin, made_from = accepted
    shown = getattr(statement, localized("text", code))
    if code == statement.language_code or not shown or not original_of(statement):
        return ""
    is_theirs = text == shown and made_from == digest_of(statement)
    return (origin or "") if is_theirs else Origin.STAFF
