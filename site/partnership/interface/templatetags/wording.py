"""Words of another language on a page: ``{% load wording %}``."""

from typing import Any

from django import template
from django.utils.html import format_html

from partnership.pages.languages import active
from partnership.pages.wording.foreign import direction, language_shown

register = template.Library()


@register.filter
def plain(words: Any) -> str:
    """Words for an attribute or a title, where no mark of their language can stand."""
    return str(words)


@register.simple_tag
def lang_of(thing: Any, field: str) -> str:
    """Mark the element around a longer text: ``<div{% lang_of page "body" %}>``."""
    shown = language_shown(thing, field)
    if shown == active():
        return ""
    return format_html(' lang="{}" dir="{}"', shown, direction(shown))
