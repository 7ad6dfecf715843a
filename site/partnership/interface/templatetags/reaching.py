"""Telephone numbers and addresses that a phone opens at one touch: ``{% load reaching %}``."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

register = template.Library()

#: What editors write is no form: a number at the beginning of a line, before its explanation, or
#: one with the code of its country; so neither "24 hours" nor "7,105 MHz" is called.
#: Its groups may be held together by spaces that do not break.
TO_CALL = re.compile(
    r"(?:^|(?<=>))\+?\d[\d \xa0]+\d(?=\s*(?:[:,;(]|$))|\+\d[\d \xa0]{6,}\d", re.MULTILINE
)
#: Begins where nothing before it could belong to it, so that a long word is walked over once.
TO_WRITE = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DIALLED = re.compile(r"[\d\s+()./-]*")


@register.filter
def telephone(number: str) -> str:
    """The address that dials a number: without its spaces, without what is said after it."""
    digits = DIALLED.match(number.replace("(0)", ""))
    return f"tel:{re.sub(r'[^+0-9]', '', digits.group() if digits else '')}"


@register.filter
def to_reach(text: str) -> SafeString:
    """The text with its numbers and mailboxes as links."""
    called = TO_CALL.sub(lambda found: _link(telephone(found[0]), found[0]), _lines(text))
    return SafeString(TO_WRITE.sub(lambda found: _link(f"mailto:{found[0]}", found[0]), called))


def _lines(text: str) -> str:
    return conditional_escape(text).replace("\r\n", "\n")


def _link(address: str, words: str) -> str:
    return format_html('<a href="{}">{}</a>', address, words)
