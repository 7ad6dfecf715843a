"""The words a translation is made from, and what tells one version of them from another."""

from hashlib import md5

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import MD5, Concat

from consultations.models import Contribution, Statement
from partnership.pages.languages import CODES, localized

#: What can be translated.
Words = Contribution | Statement
BETWEEN = "\n"


def original_of(words: Words) -> str:
    """Return the text as its author wrote it."""
    if isinstance(words, Contribution):
        return words.text
    code = words.language_code
    return (getattr(words, localized("text", code)) or "") if code in CODES else ""


def digest(language_code: str, text: str) -> str:
    """Return what changes when the text or its language does.

    It guards nothing: it only tells whether a translation still says what is written. MD5
    because both databases count it without an extension.
    """
    whole = f"{language_code}{BETWEEN}{text}"
    return md5(whole.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()


def digest_of(words: Words) -> str:
    """Return the digest of the words as they are now."""
    return digest(words.language_code, original_of(words))


def digest_in_database() -> MD5:
    """The digest of each comment, counted by the database."""
    whole = Concat(F("language_code"), Value(BETWEEN), F("text"), output_field=TextField())
    return MD5(whole)


def words_in_database() -> Concat:
    """The words as written, and those of the translation that readers get instead.

    Of comments ``with_translation_into()`` the reader's language.
    """
    translated = Case(
        When(translated_from=digest_in_database(), then=F("translated_text")),
        default=Value(""),
        output_field=TextField(),
    )
    return Concat(F("text"), Value(BETWEEN), translated, output_field=TextField())
