"""The only door through which text enters an export."""

import re
from typing import Any

from partnership.people.text_fields import BIDI_CONTROLS, CONTROLS, LINE_BREAK, UNSTORABLE

Cell = str | int | float | None
#: What makes a spreadsheet calculate, in ASCII and in the full-width forms it also accepts.
FORMULA_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
#: Spaces and marks of no width, which programs skip before they look at a cell's first sign.
#: No line breaks: each begins a piece of its own, and a long run of them would be walked over
#: once from every one of them.
SKIPPED = r"(?:[^\S\n]|[\u200b-\u200f\u2060\ufeff\u00ad])*"
# Not only the first sign of the cell: a program that expects semicolons, as in Spanish, breaks
# our cells at semicolons and lines, and each piece becomes a cell of its own.
STARTS_A_FORMULA = re.compile(rf"(^|[\n;])(?={SKIPPED}[{FORMULA_SIGNS}])")


def clean(text: str) -> str:
    """Return the text without what no file can hold: controls, half characters, turned text.

    Tabs become spaces and every line break the same one.
    """
    text = LINE_BREAK.sub("\n", text).replace("\t", " ")
    return CONTROLS.sub("", BIDI_CONTROLS.sub("", UNSTORABLE.sub("", text)))


def plain_cell(value: Any) -> Cell:
    """Return the value as a cell of a table that can never be a formula.

    Numbers stay numbers, nothing stays empty. Text is cleaned, and an apostrophe goes before
    whatever a spreadsheet would calculate.
    """
    if value is None or isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else str(value)
    if _is_harmless(text):
        return text
    return STARTS_A_FORMULA.sub(r"\1'", clean(text))


def _is_harmless(text: str) -> bool:
    """Whether a glance is enough: one line, nothing invisible, and a letter or digit first.

    True for most cells, and ten times quicker than looking for each danger.
    """
    return not text or (text[0].isalnum() and text.isprintable() and ";" not in text)
