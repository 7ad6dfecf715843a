"""Alphabetical order in a language, for names, titles and themes in lists.

A database sorts by one collation for everybody, and SQLite by code points: Ágora after Zoo. So
what readers see in alphabetical order is sorted here, once it has been fetched. Where a marked
letter is a letter of its own it follows the one it is made of (Spanish ñ after n) or the last one
(Swedish ö after z); elsewhere the marks only decide between words that are else the same. These
are the first levels of the Unicode collation algorithm and CLDR's orders of single letters; the
old digraphs (Czech ch) are not told apart.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

from anyascii import anyascii

from partnership.language_setting import is_written_in_latin
from partnership.pages.languages import active

Row = TypeVar("Row")
#: For each language, groups of letters that follow each other: each is a letter of its own.
LETTERS = {
    "az": "cç eə gğ hı oö sş uü",
    "be": "гґ её зі ий уў",
    "bg": "ий",
    "cs": "cč rř sš zž",
    "da": "zæøå",
    "es": "nñ",
    "et": "sš zž wõäöü",
    "eu": "nñ",
    "fi": "zåäö",
    "gl": "nñ",
    "hr": "cčć dđ sš zž",
    "hu": "oö uü",
    "is": "aá dð eé ií oó uú yý zþæö",
    "lt": "cč sš zž",
    "lv": "cč gģ kķ lļ nņ sš zž",
    "mk": "дѓ зѕ иј лљ нњ тќ чџ",
    "nb": "zæøå",
    "nn": "zæøå",
    "pl": "aą cć eę lł nń oó sś zźż",
    "ro": "aăâ iî sș tț",
    "ru": "ий",
    "sk": "aä cč oô sš zž",
    "sl": "cč sš zž",
    "sq": "cç eë",
    "sr": "дђ иј лљ нњ тћ чџ",
    "sv": "zåäö",
    "tr": "cç gğ hı oö sş uü",
    "uk": "гґ еє иіїй",
}


def alphabetical(
    rows: Iterable[Row], *, by: Callable[[Row], Any] = str, code: str | None = None
) -> list[Row]:
    """Return the rows in the order of that language's alphabet, the reader's unless told.

    ``by`` gives the words of a row. Capitals and signs count for nothing.
    """
    places = _places(code or active())
    return sorted(rows, key=lambda row: _key(str(by(row) or ""), places))


def _places(code: str) -> dict[str, tuple[str, int]]:
    """Return where a letter of its own stands: after which letter, and how far."""
    groups = LETTERS.get(code, LETTERS.get(code.split("-")[0], "")).split()
    return {
        letter: (group[0], place) for group in groups for place, letter in enumerate(group) if place
    }


def _key(words: str, places: dict[str, tuple[str, int]]) -> tuple[Any, str, str]:
    plain = unicodedata.normalize("NFC", words).casefold()
    return tuple(_letters(plain, places)), plain, words


def _letters(plain: str, places: dict[str, tuple[str, int]]) -> Iterator[tuple[str, int]]:
    for character in plain:
        if character in places:
            yield places[character]
        else:
            yield from ((letter, 0) for letter in _base(character))


@lru_cache(maxsize=10_000)
def _base(character: str) -> str:
    """Return the letters or digits that are left without marks; nothing for a sign."""
    if character.isspace():
        return " "
    base = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    if not base.isalnum():
        return ""
    return base if base.isascii() or not is_written_in_latin(base) else anyascii(base).lower()
