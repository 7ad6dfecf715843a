"""What many texts speak of, counted language by language: candidates that a person may take up."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from consultations.translations.detection import WORD, function_words
from partnership.pages.languages import CODES

#: A term is worth a look from this many texts on.
FEWEST_TEXTS = 2
MOST_TERMS = 12
SHORTEST_WORD = 4
#: Words that begin with the same letters count as forms of one word.
STEM = 5


@dataclass(frozen=True)
class Term:
    """A word or a pair of words, and in how many texts it stands."""

    words: str
    texts: int


def content_words(text: str, language_code: str) -> list[str]:
    """Return the words that carry meaning, in their order and in small letters."""
    small = function_words(language_code)
    words = WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return [word for word in words if len(word) >= SHORTEST_WORD and word not in small]


def candidates(texts: Iterable[tuple[str, str]]) -> dict[str, list[Term]]:
    """Return by language the terms that stand in most texts; ``texts`` are (words, language).

    Each text counts once for each term. A word is left out where a pair with it stands in as
    many texts. Nothing here is a theme before somebody makes it one.
    """
    found: dict[str, Counter[str]] = {code: Counter() for code in CODES}
    for text, code in texts:
        if code in found:
            found[code].update(set(_terms(content_words(text, code))))
    return {code: _best(counted) for code, counted in found.items()}


def _terms(words: list[str]) -> Iterator[str]:
    yield from words
    for pair in pairwise(words):
        yield " ".join(pair)


def _best(counted: Counter[str]) -> list[Term]:
    often = {term: texts for term, texts in counted.items() if texts >= FEWEST_TEXTS}
    in_pairs = {
        (word, texts) for term, texts in often.items() if " " in term for word in term.split()
    }
    kept = [Term(term, texts) for term, texts in often.items() if (term, texts) not in in_pairs]
    return sorted(kept, key=lambda term: (-term.texts, term.words))[:MOST_TERMS]


def speaks_of(text: str, theme_words: str, language_code: str) -> bool:
    """Whether the text holds a form of a word of the theme: a hint for the eye, never a code."""
    stems = {word[:STEM] for word in content_words(theme_words, language_code)}
    return any(word[:STEM] in stems for word in content_words(text, language_code))
