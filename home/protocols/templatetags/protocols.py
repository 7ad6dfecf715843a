"""What is practised at a drill: ``{% load protocols %}{% practised_protocol drill %}``."""

from typing import Any

from django import template

from home.protocols.presenting import practised_at

register = template.Library()


@register.inclusion_tag("protocols/practised.html")
def practised_protocol(drill: Any) -> dict[str, Any]:
    """The way to the protocol that a drill practises; nothing where it names none."""
    return practised_at(drill)
