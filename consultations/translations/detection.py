"""Which of the partner languages a text is written in, or that it cannot be told.

Only the languages of this partnership are considered, which is what makes so small a detector
reliable: the script decides where languages have one of their own, else the small words and
the letters of each language are counted. It is never sure of a name or of two words, and says so.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from partnership.pages.languages import CODES

FUNCTION_WORDS = Path(__file__).with_name("function_words.toml")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: More of a text says nothing more about its language.
READ_AT_MOST = 3000
#: What the best guess must count, and how many times the second best.
ENOUGH, AHEAD = 2.0, 1.5
LETTER_COUNTS, LETTERS_COUNT_AT_MOST = 0.5, 2.0
LATIN = "LATIN"
#: How Unicode's names of the letters begin, for languages that are not written in Latin ones.
SCRIPTS = {
    "ar": ("ARABIC",), "fa": ("ARABIC",), "ur": ("ARABIC",), "he": ("HEBREW",), "el": ("GREEK",),
    "ru": ("CYRILLIC",), "uk": ("CYRILLIC",), "bg": ("CYRILLIC",), "sr": ("CYRILLIC", LATIN),
    "mk": ("CYRILLIC",), "be": ("CYRILLIC",), "ka": ("GEORGIAN",), "hy": ("ARMENIAN",),
    "zh": ("CJK",), "ja": ("HIRAGANA",), "ko": ("HANGUL",), "th": ("THAI",),
    "hi": ("DEVANAGARI",), "mr": ("DEVANAGARI",), "ne": ("DEVANAGARI",), "bn": ("BENGALI",),
    "ta": ("TAMIL",), "am": ("ETHIOPIC",),
}  # fmt: skip


def detect(text: str, *, among: tuple[str, ...] = CODES) -> str | None:
    """Return the language the text is written in, None when that cannot be told."""
    text = unicodedata.normalize("NFC", text[:READ_AT_MOST]).lower()
    candidates = _of_its_script(text, among)
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    scores = _scores(text, candidates)
    (best, most), (_second, less) = scores.most_common(2)
    return best if most >= ENOUGH and most >= AHEAD * less else None


def _of_its_script(text: str, among: tuple[str, ...]) -> tuple[str, ...]:
    """The languages written in the script that most of the letters belong to."""
    letters = Counter(_script(letter) for letter in text if letter.isalpha())
    if not letters:
        return ()
    if letters["HIRAGANA"] or letters["KATAKANA"]:  # they stand among Chinese characters
        script = "HIRAGANA"
    else:
        script = letters.most_common(1)[0][0]
    return tuple(code for code in among if script in _scripts_of(code))


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split(" ", maxsplit=1)[0]


def _scripts_of(code: str) -> tuple[str, ...]:
    return SCRIPTS.get(code.split("-")[0], (LATIN,))


def _scores(text: str, candidates: tuple[str, ...]) -> Counter[str]:
    """How much speaks for each; what speaks for two of them counts half for each."""
    words = [_known(code).words for code in candidates]
    letters = [_known(code).letters for code in candidates]
    by_words = _evidence(Counter(WORD.findall(text)), words)
    by_letters = _evidence(Counter(text), letters)
    return Counter(
        {
            code: by_words[place] + min(LETTER_COUNTS * by_letters[place], LETTERS_COUNT_AT_MOST)
            for place, code in enumerate(candidates)
        }
    )


def _evidence(found: Mapping[str, int], known: list[frozenset[str]]) -> list[float]:
    scores = [0.0] * len(known)
    for item, times in found.items():
        knowing = [place for place, items in enumerate(known) if item in items]
        for place in knowing:
            scores[place] += times / len(knowing) if len(knowing) < len(known) else 0
    return scores


def function_words(code: str) -> frozenset[str]:
    """Return the small words of a language, which say nothing about what a text is about."""
    return _known(code).words


class _Known:
    """The small words and the letters of one language."""

    def __init__(self, words: str = "", letters: str = "") -> None:
        self.words = frozenset(words.split())
        self.letters = frozenset(letters)


@cache
def _known(code: str) -> _Known:
    """What is known of a language; of a regional one, what is known of its main form."""
    tables = _tables()
    entry = tables.get(code) or tables.get(code.split("-")[0]) or {}
    return _Known(**entry)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return tomllib.loads(FUNCTION_WORDS.read_text("utf-8"))
