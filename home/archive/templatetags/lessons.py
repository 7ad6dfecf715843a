"""What was learned: ``{% load lessons %}{% debrief_panel page %}{% debrief_of commitment %}``."""

from typing import Any

from django import template

from home.archive.presenting import debrief_context

register = template.Library()


@register.inclusion_tag("archive/debrief.html")
def debrief_panel(event: Any) -> dict[str, Any]:
    """The debrief of an event and its lessons; nothing before it is published."""
    return debrief_context(event) if event.pk else {"debrief": None}


@register.inclusion_tag("archive/debrief_of_commitment.html")
def debrief_of(commitment: Any) -> dict[str, Any]:
    """The debrief of a commitment, folded up under it; nothing before it is published."""
    return debrief_context(commitment)
