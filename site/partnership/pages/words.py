"""Words as the search knows them: without capitals and accents, in the singular and the plural.

One place says what a word is and where a text says it; pages, rows on SQLite and the marks in an
excerpt ask here, and PostgreSQL is asked the same (``finding.py``).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from partnership.pages.word_forms import forms_of

LONGEST_QUERY = 200
#: What a reader looks for: of each word the forms that count as well, all of them plain.
Wanted = tuple[tuple[str, ...], ...]
#: Letters whose stroke is no mark of its own, as PostgreSQL's unaccent reads them.
STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
BETWEEN_WORDS, BETWEEN_FORMS = "\n", " "


def clean_query(query: str) -> str:
    """Return what may be shown again and searched for: one form of each letter, on one line."""
    text = query.encode("utf-8", "ignore").decode()[: 10 * LONGEST_QUERY]
    text = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(each)[0] in "CZ" else each for each in text)
    return " ".join("".join(kept).split())[:LONGEST_QUERY].strip()


def words_of(text: str) -> list[str]:
    """Return the runs of letters, digits and their marks; signs mean nothing to the search."""
    spaced = "".join(each if _is_of_word(each) else " " for each in text)
    return [word for word in spaced.split() if any(each.isalnum() for each in word)]


def _is_of_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"


def plain(text: str) -> str:
    """Return the text without capitals and accents."""
    return BEYOND_ASCII.sub(_plain_sign, text.lower())


def _plain_sign(found: re.Match[str]) -> str:
    return _plain(found[0])


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    decomposed = unicodedata.normalize("NFKD", sign.casefold())
    kept = "".join(each for each in decomposed if not unicodedata.combining(each))
    return kept.translate(STROKES)


def wanted_of(query: str, language: str) -> Wanted:
    """Return what is looked for, each word once; nothing where nothing was typed."""
    words = dict.fromkeys(words_of(plain(clean_query(query))))
    return tuple(tuple(sorted(forms_of(word, language))) for word in words)


def says(text: str, wanted: Wanted) -> bool:
    """Tell whether the text has every word, in one of its forms."""
    spoken = plain(text)
    return all(any(_has_word(spoken, form) for form in forms) for forms in wanted)


def _has_word(spoken: str, word: str) -> bool:
    """Whether it stands there by itself, and not within a longer word."""
    begins = spoken.find(word)
    while begins >= 0:
        ends = begins + len(word)
        around = spoken[max(begins - 1, 0) : begins], spoken[ends : ends + 1]
        if not any(sign and _is_of_word(sign) for sign in around):
            return True
        begins = spoken.find(word, begins + 1)
    return False


def as_text(wanted: Wanted) -> str:
    """Return it on one line for each word, as a database passes it on to ``says_as_text``."""
    return BETWEEN_WORDS.join(BETWEEN_FORMS.join(forms) for forms in wanted)


@lru_cache(maxsize=64)
def _from_text(written: str) -> Wanted:
    return tuple(tuple(line.split(BETWEEN_FORMS)) for line in written.split(BETWEEN_WORDS))


def says_as_text(text: str | None, written: str) -> bool:
    """Tell the same of a column and of what ``as_text`` made."""
    return says(text or "", _from_text(written))


def places_of(text: str, wanted: Wanted) -> Iterator[tuple[int, int]]:
    """Give where words that were looked for begin and end in a text, in their order."""
    known = {form for forms in wanted for form in forms}
    for word, begins in _words_and_places(text):
        if plain(word) in known:
            yield begins, begins + len(word)


def _words_and_places(text: str) -> Iterator[tuple[str, int]]:
    begins = 0
    for place, sign in enumerate(f"{text} "):
        if _is_of_word(sign):
            continue
        if place > begins:
            yield text[begins:place], begins
        begins = place + 1
