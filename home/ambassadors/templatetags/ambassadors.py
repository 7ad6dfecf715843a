"""The way to ambassadors: ``{% load ambassadors %}{% ask_somebody_who_was_there kind %}``."""

from typing import Any

from django import template

from events.enums import EventKind
from partnership.interface import framing

register = template.Library()


@register.inclusion_tag("ambassadors/way.html", takes_context=True)
def ask_somebody_who_was_there(context: dict[str, Any], kind: str) -> dict[str, Any]:
    """Beside exchanges, while there is somebody to ask; no query: every page knows."""
    is_exchange = kind == EventKind.EXCHANGE
    return {"is_shown": is_exchange and framing.is_known(context["cities"], "has_ambassadors_link")}
