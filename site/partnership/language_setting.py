"""The partner languages, read from the environment before any app exists."""

import re
import unicodedata

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured


def partner_languages(codes: list[str]) -> list[tuple[str, str]]:
    """Return (code, the language's own name) for every code; at least two, none twice.

    Raises ImproperlyConfigured, naming PARTNER_LANGUAGES, for a code Django does not know.
    """
    if len(codes) < 2 or len(set(codes)) != len(codes):
        raise ImproperlyConfigured(
            "PARTNER_LANGUAGES needs at least two different language codes, such as en,es."
        )
    return [(code, own_name_of(code)) for code in codes]


def own_name_of(code: str) -> str:
    """Return the name a language gives itself, with a capital first letter: Español."""
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]+)*", code):
        raise ImproperlyConfigured(f"PARTNER_LANGUAGES: {code!r} is not a language code.")
    info = LANG_INFO.get(code) or LANG_INFO.get(code.split("-")[0])
    if info is None or "name_local" not in info:
        raise ImproperlyConfigured(f"PARTNER_LANGUAGES: the language {code!r} is unknown.")
    name = info["name_local"]
    return name[0].upper() + name[1:]


def need_unicode_slugs(languages: list[tuple[str, str]]) -> bool:
    """Whether a language is written in another script than Latin, so that slugs must be too."""
    return not all(is_written_in_latin(name) for _code, name in languages)


def is_written_in_latin(name: str) -> bool:
    """Whether a language that gives itself this name is written in Latin letters."""
    letters = (letter for letter in name if letter.isalpha())
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
