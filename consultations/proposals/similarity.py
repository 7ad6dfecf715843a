"""Which statements say much the same: words and letters compared, within one language.

Simple on purpose. It shows a resident what is there already and decides nothing: whoever
means something else sends it all the same.
"""

import re
import unicodedata
from collections.abc import Iterable

from consultations.models import Statement
from partnership.pages.languages import localized

#: From here on two statements are shown to whoever writes the second.
ALIKE = 0.48
MOST_SHOWN = 3
STEM = 5  # letters: "street" and "streets", "escolar" and "escolares" count as one
SHORTEST_WORD = 4  # shorter ones hold sentences together in most languages
LETTERS_IN_A_ROW = 3


def likeness(first: str, second: str) -> float:
    """How alike two sentences of one language are, from 0 to 1.

    The larger of two Dice coefficients (2 x what both have / what each has): of the
    beginnings of their longer words, and of their runs of three letters, which also works
    for languages that are written without spaces.
    """
    one, other = _folded(first), _folded(second)
    return max(_dice(_stems(one), _stems(other)), _dice(_runs(one), _runs(other)))


def similar_statements(
    statements: Iterable[Statement], text: str, *, language_code: str
) -> list[Statement]:
    """Return what is most like the text among the statements' wording in its language."""
    column = localized("text", language_code)
    scored = [(likeness(text, getattr(entry, column) or ""), entry) for entry in statements]
    alike = sorted(
        (pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].number)
    )
    return [entry for _score, entry in alike[:MOST_SHOWN]]


def _folded(text: str) -> str:
    """Small letters without their accents: é and e are one to whoever types in a hurry."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _stems(text: str) -> set[str]:
    words = re.findall(r"\w+", text)
    return {word[:STEM] for word in words if len(word) >= SHORTEST_WORD or word.isdigit()}


def _runs(text: str) -> set[str]:
    letters = re.sub(r"\W+", " ", text).strip()
    return {
        letters[place : place + LETTERS_IN_A_ROW]
        for place in range(len(letters) - LETTERS_IN_A_ROW + 1)
    }


def _dice(first: set[str], second: set[str]) -> float:
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))
