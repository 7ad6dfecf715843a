"""What the text of a mail is made with: ``{% load mails %}``."""

from html import unescape

from django import template
from django.utils.html import strip_tags

register = template.Library()


@register.filter
def quoted(words: str) -> str:
    """Somebody's words as mail programs quote them, so that nobody takes them for ours."""
    return "\n".join(f"> {line}".rstrip() for line in words.strip().splitlines())


@register.filter
def plain(markup: str) -> str:
    """What markup says, without any: not safe, so that a page escapes it again."""
    return unescape(strip_tags(markup))
