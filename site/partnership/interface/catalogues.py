"""In which language a sentence of the interface is said, and which languages lack sentences.

A partner language without a catalogue of ours still knows what Django and Wagtail say in it.
What nobody has translated comes in the first partner language, or else in English, in which the
code is written.
"""

from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import to_locale, trans_real

from partnership.pages.languages import CODES, own_name

#: What the sentences in the code are written in.
OF_THE_CODE = "en"
#: What the pages of a new site are called (``home/new_site.py``).
BEGUN_WITH = ("Front page", "Events", "Consultations", "Roadmap", "Stories")
CONTEXT = "{}\x04{}"  # as gettext joins a message and its context
FURTHER = "CONTRIBUTING.md tells how to add one, under “A new language of the interface”."


def language_of(message: str, context: str = "") -> str:
    """Return the language in which the message is said when the active one is asked for it."""
    key = CONTEXT.format(context, message) if context else message
    for code in (translation.get_language() or OF_THE_CODE, settings.LANGUAGE_CODE):
        known = trans_real.translation(code)._catalog  # type: ignore[attr-defined] # no public door
        if key in known or (key, 0) in known:
            return code
    return OF_THE_CODE


def is_translated(message: str, context: str = "") -> bool:
    """Whether the active language has words of its own for the message."""
    return language_of(message, context) == translation.get_language()


def said_in(words: str) -> str:
    """Return the language of a title: another one while it is as a new site was begun with it.

    Where a language has no words of its own a new site's pages are named in another one's.
    """
    for begun in BEGUN_WITH:
        if words == _(begun) and not is_translated(begun):
            return language_of(begun)
    return translation.get_language() or OF_THE_CODE


@cache
def lacking(code: str) -> int:
    """Return how many sentences of ours have no words in that language."""
    return len(_messages(OF_THE_CODE) - _messages(code))


@cache
def _messages(code: str) -> frozenset[str]:
    found: set[str] = set()
    for folder in settings.LOCALE_PATHS:
        compiled = Path(folder) / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if compiled.exists():
            with compiled.open("rb") as file:
                found |= set(_keys(GNUTranslations(file)))
    return frozenset(found - {""})


def _keys(catalogue: Any) -> Iterator[str]:
    for key in catalogue._catalog:
        yield key[0] if isinstance(key, tuple) else key


def unfinished() -> list[str]:
    """Return a sentence for every partner language that lacks some of ours."""
    whole = len(_messages(OF_THE_CODE))
    sentence = _(
        "%(language)s (%(code)s) has words for %(known)s of the %(all)s sentences of this site; "
        "readers meet the others in another language."
    )
    return [
        sentence
        % {
            "language": own_name(code),
            "code": code,
            "known": whole - lacking(code),
            "all": whole,
        }
        for code in CODES
        if lacking(code)
    ]


def check_catalogues(**_options: Any) -> list[checks.CheckMessage]:
    """System check: every partner language should have a whole catalogue."""
    return [checks.Warning(line, hint=FURTHER, id="interface.W001") for line in unfinished()]
