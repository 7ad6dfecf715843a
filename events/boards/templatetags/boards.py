"""The boards of an event: ``{% load boards %}{% boards_panel page %}``."""

from typing import Any

from django import template

from events.boards.presenting import boards_of
from events.models import EventPage

register = template.Library()


@register.inclusion_tag("boards/panel.html")
def boards_panel(event: EventPage) -> dict[str, Any]:
    """The drawings of a charrette or planning session; nothing for another kind of event."""
    return {"boards": boards_of(event)}
