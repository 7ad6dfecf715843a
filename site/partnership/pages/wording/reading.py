"""What a text says, whatever it is made of: whether anything is written, and its fingerprint."""

import hashlib
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from partnership.people.text_fields import is_blank

#: Draftail numbers its paragraphs anew at every save.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
LINE_BREAK = re.compile(r"\r\n?")
#: What is seen although it holds no words.
EMBEDDED = re.compile(r"<(embed|img|iframe)\b", re.IGNORECASE)
PARAGRAPH_END = re.compile(r"</(?:p|h\d|li|blockquote)>|<br\s*/?>", re.IGNORECASE)
FINGERPRINT_LENGTH = 16


def raw(value: Any) -> Any:
    """Return the text as stored, without the numbers that editors' browsers give to blocks.

    Takes what a field holds, what a form cleaned, and what a revision stored.
    """
    if isinstance(value, StreamValue):
        value = value.stream_block.get_prep_value(value)
    if isinstance(value, str):
        return LINE_BREAK.sub("\n", BLOCK_KEY.sub("", value)).strip()
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {key: raw(inner) for key, inner in value.items() if not (is_block and key == "id")}
    if isinstance(value, list | tuple):
        return [raw(inner) for inner in value]
    return value


def stored(value: Any, field: models.Field) -> Any:
    """Return what a revision stored for that field, as ``raw`` returns a living value."""
    if isinstance(field, StreamField) and isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return ""
    return raw(value)


def is_written(value: Any, field: models.Field) -> bool:
    """Whether a reader would see anything: no empty markup, blanks or zero-width signs only."""
    is_markup = isinstance(field, StreamField | RichTextField)
    return any(_is_seen(leaf, is_markup=is_markup) for leaf in _leaves(raw(value)))


def _is_seen(leaf: Any, *, is_markup: bool) -> bool:
    if isinstance(leaf, bool) or leaf is None:
        return False
    if not isinstance(leaf, str):
        return True  # the number of a photograph, a page, a file
    if not is_markup:
        return not is_blank(leaf)
    return bool(EMBEDDED.search(leaf)) or not is_blank(unescape(strip_tags(leaf)))


def _leaves(value: Any) -> Iterator[Any]:
    """Yield what the blocks hold; never the names of blocks and of their parts."""
    if isinstance(value, dict):
        inner = [value["value"]] if {"type", "value"} <= value.keys() else value.values()
        for each in inner:
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def fingerprint(value: Any) -> str:
    """Return 16 hexadecimal digits that are the same exactly for texts that say the same."""
    written = json.dumps(raw(value), sort_keys=True, ensure_ascii=False, default=str)
    digest = hashlib.sha256(written.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def lines(value: Any) -> list[str]:
    """Return the words line by line, without markup, as an editor compares them."""
    found: list[str] = []
    for leaf in _leaves(raw(value)):
        if isinstance(leaf, str):
            parts = PARAGRAPH_END.sub("\n", leaf).split("\n")
            found += [unescape(strip_tags(part)).strip() for part in parts]
    return [line for line in found if line]
