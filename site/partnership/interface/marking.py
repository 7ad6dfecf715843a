"""Django's own template tags for translation, which say where a sentence is in another language.

The settings put this library in the place of ``i18n``, so templates are written as ever. In a
language without a whole catalogue a sentence that nobody translated is wrapped in
``<span lang="en">``, so that it is pronounced, hyphenated and ordered as what it is. Only where
an element may stand: never in an attribute, a title or an option.
"""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token, TokenType
from django.templatetags import i18n
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from partnership.interface.catalogues import language_of
from partnership.pages.wording.foreign import direction

OURS = str(settings.SITE_DIR / "templates")
NO_ELEMENTS_INSIDE = ("</title", "</option", "</textarea")

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Marked(Node):
    """A sentence, wrapped where it is not in the language of the page."""

    child_nodelists = ()

    def __init__(self, sentence: Any, message: str) -> None:
        self.sentence, self.message = sentence, message

    def render(self, context: template.Context) -> SafeString:
        said = mark_safe(self.sentence.render(context))  # the tag has escaped it
        of_context = self.sentence.message_context
        language = language_of(self.message, of_context.resolve(context) if of_context else "")
        active = translation.get_language() or language
        if language == active:
            return said
        if direction(language) == direction(active):
            return format_html('<span lang="{}">{}</span>', language, said)
        return format_html(
            '<span lang="{}" dir="{}">{}</span>', language, direction(language), said
        )


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """``{% translate %}``"""
    sentence = i18n.do_translate(parser, token)
    literal = getattr(sentence.filter_expression.var, "literal", None)
    message = literal.replace("%", "%%") if isinstance(literal, str) else ""
    return _marked(sentence, message, parser)


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    """``{% blocktranslate %}``"""
    sentence = i18n.do_block_translate(parser, token)
    message, _variables = sentence.render_token_list(sentence.singular)
    return _marked(sentence, message, parser)


def _marked(sentence: Any, message: str, parser: Parser) -> Node:
    origin = str(parser.origin.name) if parser.origin else ""
    is_page_of_ours = origin.startswith(OURS) and origin.endswith(".html")
    may_be_marked = message and not sentence.asvar and is_page_of_ours
    if may_be_marked and stands_between_tags(list(parser.tokens)[::-1]):
        return Marked(sentence, message)
    return sentence


def stands_between_tags(following: Iterable[Any]) -> bool:
    """Whether an element may stand before these tokens: a tag opens before one is closed.

    Where the template ends or a block does, one cannot know, and the answer is no.
    """
    for token in following:
        if token.token_type == TokenType.BLOCK and token.contents.split()[0] == "endblock":
            return False
        if token.token_type == TokenType.TEXT and any(each in token.contents for each in "<>"):
            opens, closes = token.contents.find("<"), token.contents.find(">")
            is_text = opens != -1 and (closes == -1 or opens < closes)
            return is_text and not token.contents[opens:].startswith(NO_ELEMENTS_INSIDE)
    return False
