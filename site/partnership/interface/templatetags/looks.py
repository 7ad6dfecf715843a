"""Prints, icons and marks for templates: ``{% load looks %}``."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import translation
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from modeltranslation.utils import build_localized_fieldname

from partnership.interface import covers, emblems, folding, told
from partnership.interface.catalogues import language_of
from partnership.pages import languages

register = template.Library()

E_MAIL = re.compile(r"\b[Ee]-mail(?= )")
LETTERS_WITH_AN_INK = ("a", "b", "c")

# How a commitment's state looks: the hue's name and the icon that says the same without colour.
STATUS_LOOKS = {
    "proposed": ("planned", "clock"),
    "agreed": ("planned", "clock"),
    "in_progress": ("going", "half"),
    "completed": ("done", "check"),
    "continued": ("planned", "arrow"),
    "suspended": ("stopped", "stop"),
    "cancelled": ("stopped", "stop"),
    "late": ("late", "alert"),
}

KIND_ICONS = {
    "exchange": "swap",
    "festival": "cal",
    "charrette": "plan",
    "exhibition": "half",
    "planning_session": "people",
    "drill": "shield",
    "consultation": "chat",
    "statement": "chat",
    "question": "chat",
    "comment": "chat",
    "idea": "chat",
    "contribution": "chat",
    "event": "cal",
    "commitment": "flag",
}


@register.simple_tag
def cover(kind: str, seed: str, wide: bool = False) -> SafeString:
    """The print of a page: ``{% cover page.kind page.slug wide=True %}``."""
    return covers.cover(kind, seed, wide=wide)


@register.simple_tag
def hero_art() -> SafeString:
    """The skyline of the front page."""
    return emblems.hero_art()


@register.simple_tag
def mark() -> SafeString:
    """The partnership's mark."""
    return emblems.mark()


@register.simple_tag
def ribbon() -> SafeString:
    """The selvedge above the footer."""
    return emblems.ribbon()


@register.simple_tag
def icon(name: str, flip: bool = False) -> SafeString:
    """A line icon from the sprite; ``flip`` mirrors it where people read from right to left.

    An arrow points on, wherever it stands: it is always mirrored there.
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>',
        " icon-flip" if flip or name == "arrow" else "",
        name,
    )


@register.simple_tag
def languages_in_turn() -> list[tuple[str, str]]:
    """The partner languages, the reader's first, each with the one its words are said in.

    For what is said in all of them: one without a catalogue would say another's words again.
    """
    turns: dict[str, str] = {}
    for code in sorted(languages.CODES, key=lambda code: code != languages.active()):
        with translation.override(code):
            turns.setdefault(language_of("To the front page"), code)
    return [(code, said) for said, code in turns.items()]


@register.filter
def language_name(code: str) -> str:
    """A language as the reader calls it, written as inside a sentence: Spanish, español."""
    return languages.name_in_words(code)


@register.filter
def unbroken(text: Any) -> SafeString:
    """The same with an e-mail in one piece: browsers end a line at any hyphen."""
    whole = E_MAIL.sub(r'<span class="nowrap">\g<0></span>', conditional_escape(text))
    return mark_safe(whole)


@register.filter
def letter(city: object) -> str:
    """The letter of a city's ink, or nothing for a city (or nobody) without one."""
    own = getattr(city, "letter", "")
    return own if own in LETTERS_WITH_AN_INK else ""


@register.filter
def own_name(city: object) -> str:
    """What the city calls itself in its own language."""
    column = build_localized_fieldname("name", getattr(city, "language_code", ""))
    return getattr(city, column, "") or getattr(city, "name", "")


@register.filter
def status_look(state: str) -> str:
    """The hue of a commitment's state: done, going, planned, late or stopped."""
    return STATUS_LOOKS.get(state, STATUS_LOOKS["proposed"])[0]


@register.filter
def status_icon(state: str) -> str:
    """The icon of a commitment's state."""
    return STATUS_LOOKS.get(state, STATUS_LOOKS["proposed"])[1]


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of page or of evidence."""
    return KIND_ICONS.get(kind, "book")


@register.filter
def initials(name: str) -> str:
    """At most two letters for the arch beside a comment."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(
        word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
    ).upper()


@register.filter
def folded(text: str) -> folding.Folded:
    """The beginning of what somebody wrote, and the rest of it where it is a long column."""
    return folding.folded(text)


@register.filter
def breaks_at_sign(address: str) -> SafeString:
    """An e-mail address that a narrow column may break after its @, and only there."""
    name, at, host = address.partition("@")
    return format_html("{}{}<wbr>{}", name, at, host)


@register.filter
def under(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with its column: ``{% for column, cell in cells|under:columns %}``."""
    return list(zip(columns, cells, strict=True))


@register.filter
def is_where_the_page_opens(messages: Any) -> bool:
    """Whether the browser opens the page at these, and not at a place of its own."""
    return told.is_where_the_page_opens(messages)
