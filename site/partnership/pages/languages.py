"""The partner languages: their codes, their own names, the columns that hold them."""

from django.conf import settings
from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

CODES: tuple[str, ...] = tuple(code for code, _name in settings.LANGUAGES)
DEFAULT: str = CODES[0]
#: The pair the migrations were written with; see ``migrations_for_languages``.
REFERENCE = ("en", "es")


def own_name(code: str) -> str:
    """Return what the language calls itself: ``own_name("es")`` is Español."""
    return dict(settings.LANGUAGES)[code]


def localized(field: str, code: str) -> str:
    """Return the column of a field in one language: ``title_es``."""
    return build_localized_fieldname(field, code)


def field_names(field: str) -> list[str]:
    """Return the columns of a field in every partner language, in their order."""
    return [localized(field, code) for code in CODES]


def active() -> str:
    """Return the partner language being read now; the first one when it is none of them."""
    language = (translation.get_language() or DEFAULT).lower()
    if language in CODES:
        return language
    base = language.split("-")[0]
    return base if base in CODES else DEFAULT
