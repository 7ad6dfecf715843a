"""What others made of people's words, in columns beside them: the text and whose it is."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.models import Statement
from consultations.querysets import ContributionQuerySet
from consultations.translations.enums import Origin
from consultations.translations.reading import Accepted, origin_of_wording
from consultations.translations.words_of import digest
from partnership.pages.languages import CODES
from partnership.tables.columns import Column, columns_in_every_language

ORIGINAL = "original"
#: What is read of each language: see ``with_translation_into()``.
PARTS = ("translated_text", "translated_by", "translated_from")


NONE: Accepted = (None, None, None)


def translation_columns() -> tuple[Column, ...]:
    """Per language the current translation and its origin; empty for the language written in."""
    texts = columns_in_every_language("translation", _("translation"))
    by = tuple(Origin.choices)
    origins = columns_in_every_language("translation_origin", _("translated by"), by)
    return tuple(column for pair in zip(texts, origins, strict=True) for column in pair)


def with_translations(rows: ContributionQuerySet) -> ContributionQuerySet:
    """Join the accepted translation into each language; no query more."""
    for place, code in enumerate(CODES):
        rows = rows.with_translation_into(code, suffix=_suffix(place))
    return rows


def translation_fields() -> tuple[str, ...]:
    """What to read of those rows, language by language."""
    places = range(len(CODES))
    return tuple(f"{part}{_suffix(place)}" for place in places for part in PARTS)


def _suffix(place: int) -> str:
    return f"_{place}"


def translation_cells(language: str, text: str, read: tuple[Any, ...]) -> tuple[str, ...]:
    """The cells of those columns; a translation of what is written no more is left out."""
    if not any(read):
        return ("",) * (2 * len(CODES))
    said, cells = digest(language, text), []
    for place in range(0, len(read), len(PARTS)):
        translation, origin, made_from = read[place : place + len(PARTS)]
        cells += [translation, origin] if made_from == said else ["", ""]
    return tuple(cells)


def wording_columns() -> tuple[Column, ...]:
    """Per language who worded a statement in it."""
    whose = ((ORIGINAL, _("nobody else: it was written in this language")), *Origin.choices)
    return columns_in_every_language("wording", _("worded by"), whose)


def wording_cells(statement: Statement) -> tuple[str, ...]:
    """Whose each wording is: the original, a translation that was accepted, or the staff's."""
    accepted = {
        entry.language_code: (entry.text, entry.origin, entry.source_digest)
        for entry in statement.translations.all()
    }
    return tuple(
        ORIGINAL
        if code == statement.language_code
        else str(origin_of_wording(statement, code, accepted.get(code, NONE)))
        for code in CODES
    )
