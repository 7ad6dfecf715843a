"""Where a comment stands, and the way back to where a button at it was pressed."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultations.conversation.about import About
from consultations.drafts.links import address_of_paragraph, address_of_talk, with_beside
from consultations.enums import Back, PublicationStatus
from consultations.models import Contribution
from consultations.presenting.conversation import (
    PAGE_PARAMETER,
    REPLIES_AT_FIRST,
    REPLIES_PER_PAGE,
    THERE,
    Pressed,
    page_number_of,
    place_in_thread,
)
from consultations.presenting.narrowing import Asked
from consultations.presenting.votes import statement_address
from partnership.pages.languages import active


def pressed_in(request: HttpRequest) -> Pressed:
    """Where the button was pressed that led here: what was sent says it, else the address."""
    return Pressed.of({**request.GET.dict(), **request.POST.dict()})


def address_of(name: str, contribution: Contribution) -> str:
    """One of a comment's own addresses, in the active language."""
    slug = contribution.consultation.slug_in(active())
    return reverse(f"consultation_{name}", args=(slug, contribution.pk))


def with_way_back(words: str, contribution: Contribution) -> SafeString:
    """What is told at the top of the page, with the way down again to the comment it is about."""
    place = address_of("comment_place", contribution)
    label = _("Back to the idea") if contribution.is_idea else _("Back to the comment")
    return format_html('{} <a href="{}">{}</a>', words, place, label)


def place_of(contribution: Contribution, asked: Asked = THERE.asked) -> str:
    """Where a comment stands: on its page of the conversation, or among all its replies."""
    if contribution.is_idea:
        return contribution.replies_url
    if contribution.parent is not None and contribution.parent.is_idea:
        return _in_thread(contribution, contribution.parent.replies_url)
    if contribution.parent_id and place_in_thread(contribution) >= REPLIES_AT_FIRST:
        return _in_thread(contribution, page_of(contribution, Back.THREAD))
    return _in_conversation(contribution, str(contribution.consultation.get_url()), asked)


def way_back(contribution: Contribution, pressed: Pressed) -> str:
    """To the comment where the button at it was pressed; where it stands if that is gone."""
    page = page_of(contribution, pressed.back)
    if not page:
        return place_of(contribution, replace(pressed.asked, beside=""))
    if pressed.back == Back.THREAD:
        return _in_thread(contribution, page)
    if pressed.back == Back.DRAFT:
        return with_beside(page, pressed.asked.beside)
    about = {pressed.back.value: getattr(contribution, f"{pressed.back.value}_id")}
    return _in_conversation(contribution, page, pressed.asked, **about)


def page_of(contribution: Contribution, back: Back) -> str:
    """The page where it was pressed; nothing for the consultation's own, or where it is gone.

    The comment is one ``with_paragraphs()``.

    On the page of a draft text it is the paragraph: few of the comments on it stand there.
    """
    if contribution.is_idea:
        return ""
    slug = contribution.consultation.slug_in(active())
    if back == Back.DRAFT:
        return address_of_paragraph(slug, contribution)
    if back == Back.PARAGRAPH:
        return address_of_talk(slug, contribution)
    if back == Back.THREAD:
        return address_of("thread", contribution.parent or contribution)
    if back == Back.STATEMENT and _is_public(contribution.statement):
        return statement_address(slug, contribution.statement)
    if back == Back.BOARD and contribution.board_id:
        named = {"board": str(contribution.board_id)}
        board = About.asked_for(contribution.consultation, named).board
        return board.get_absolute_url() if board else ""
    return ""


def _is_public(statement: Any) -> bool:
    return bool(statement) and statement.publication_status == PublicationStatus.PUBLISHED


def _in_thread(contribution: Contribution, page: str) -> str:
    """The comment among everything that was replied to it."""
    place = place_in_thread(contribution) if contribution.parent_id else 0
    number = place // REPLIES_PER_PAGE + 1
    query = f"?page={number}" if number > 1 else ""
    return f"{page}{query}#{contribution.anchor}"


def _in_conversation(contribution: Contribution, page: str, asked: Asked, **about: Any) -> str:
    """The comment on its page of the conversation there, in the order that was asked for."""
    thread = contribution.parent or contribution
    asked = asked.fitting(thread)
    number = page_number_of(thread, asked, **about)
    query = f"{asked.leading}{PAGE_PARAMETER}={number}" if number > 1 else asked.query
    return f"{page}{'?' if query else ''}{query}#{contribution.anchor}"
