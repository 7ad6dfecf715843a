"""A long column of lines, such as a list of single words, folded after its beginning."""

from typing import NamedTuple

#: So many lines of a phone are shown; a few more are not worth folding. In characters, about.
SHOWN, SPARED, LINE = 14, 6, 60


class Folded(NamedTuple):
    """What is shown at once, the rest, and how many written lines that is."""

    shown: str
    rest: str = ""
    lines: int = 0


def folded(text: str) -> Folded:
    """Return the beginning and the rest of a text, parted at the end of a line."""
    lines = text.strip().splitlines()
    heights = [1 + len(line) // LINE for line in lines]
    if sum(heights) <= SHOWN + SPARED:
        return Folded(text)
    end = next(end for end in range(1, len(lines) + 1) if sum(heights[:end]) >= SHOWN)
    rest = [line for line in lines[end:] if line.strip()]
    return Folded("\n".join(lines[:end]), "\n".join(lines[end:]).strip(), len(rest))
