"""Live questions on other pages: ``{% load live_questions %}{% questions_panel page %}``."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.models import EventPage
from events.questions.presenting import panel_context
from events.registrations.door import qr
from partnership.cities.former import there_at

register = template.Library()


@register.inclusion_tag("live_questions/panel.html", takes_context=True)
def questions_panel(context: dict[str, Any], event: EventPage) -> dict[str, Any]:
    """The way to the questions of an event; nothing where it has none."""
    return {**panel_context(event), "cities": there_at(event, context["cities"])}


@register.simple_tag
def kept_questions_url(event: EventPage) -> str:
    """Where the questions of an event that are closed are kept; empty for none."""
    shown = panel_context(event)
    is_over = shown["time"] is not None and shown["time"].state == "over"
    return shown["url"] if is_over else ""


@register.simple_tag
def scan_picture(address: str) -> SafeString:
    """An address as a picture that a phone reads."""
    return qr.picture_of(address, _("The same address to scan"))
