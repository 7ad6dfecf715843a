"""What changed in a text, word by word, for whoever brings another language up to date."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from partnership.pages.wording import reading

WORDS = re.compile(r"\S+\s*")
#: Longer texts are compared line by line: word by word would take seconds.
MOST_WORDS = 2_000


@dataclass(frozen=True)
class Change:
    """A run of words: ``kind`` is equal, gone or new."""

    kind: str
    words: str


def changes(was: str, now: Any) -> list[Change]:
    """Return the text as it reads now, with what is gone and what is new marked."""
    return plain_changes(was, "\n".join(reading.lines(now)))


def plain_changes(was: str, now: str) -> list[Change]:
    """The same of two texts without markup, of which nothing but the marks may differ."""
    old, new = _parts(was), _parts(now)
    found: list[Change] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            found.append(Change("equal", "".join(new[new_start:new_end])))
            continue
        if end > start:
            found.append(Change("gone", "".join(old[start:end])))
        if new_end > new_start:
            found.append(Change("new", "".join(new[new_start:new_end])))
    return found


def _parts(text: str) -> list[str]:
    text = text.replace("\r\n", "\n")
    words = WORDS.findall(text)
    return words if len(words) <= MOST_WORDS else text.splitlines(keepends=True)
