"""The demo's words: read from content/*.toml, written in both demo languages."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from partnership.pages.languages import CODES, DEFAULT, localized

CONTENT_DIR = Path(__file__).parent / "content"
#: The languages the demo's words are written in.
WRITTEN_IN = frozenset({"en", "es"})

Words = dict[str, str]


@cache
def read(name: str) -> dict[str, Any]:
    """Return the content of ``content/<name>.toml``."""
    with (CONTENT_DIR / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def can_be_read() -> bool:
    """Whether the demo's words exist in every partner language of this site."""
    return WRITTEN_IN.issuperset(CODES)


def columns(**texts: Words) -> dict[str, str]:
    """Return ``{"title_en": ..., "title_es": ...}`` for ``title={"en": ..., "es": ...}``.

    The plain field holds the first language, as modeltranslation expects.
    """
    result: dict[str, str] = {}
    for field, words in texts.items():
        for code in CODES:
            result[localized(field, code)] = words[code]
        result[field] = words[DEFAULT]
    return result


def body(paragraphs: list[Words], *, name: str) -> dict[str, str]:
    """Return ``body_xx`` columns of plain paragraphs, one text block each."""
    sections = [{"text": {code: f"<p>{words[code]}</p>" for code in CODES}} for words in paragraphs]
    return stream("body", sections, name=name)


def stream(field: str, sections: list[dict[str, Words]], *, name: str) -> dict[str, str]:
    """Return the columns of a StreamField; a section is a heading (or none) and a text."""
    return {
        localized(field, code): json.dumps(_blocks(sections, code, f"{name}.{field}"))
        for code in CODES
    }


def _blocks(sections: list[dict[str, Words]], code: str, name: str) -> list[dict[str, str]]:
    return [
        {
            "type": kind,
            "value": section[kind][code],
            # The same block has the same identifier each time the demo is made.
            "id": str(uuid5(NAMESPACE_URL, f"{name}.{code}.{number}.{kind}")),
        }
        for number, section in enumerate(sections)
        for kind in ("heading", "text")
        if kind in section
    ]


def paragraphs_html(paragraphs: list[Words]) -> Words:
    """Return plain paragraphs as the HTML of a rich text, per language."""
    return {code: "".join(f"<p>{words[code]}</p>" for words in paragraphs) for code in CODES}
