"""How a verdict looks: ``{% load reviews %}{% verdict_chip "kept" %}``."""

from typing import Any

from django import template

from consultations.reviews.enums import LOOKS, Verdict

register = template.Library()


@register.inclusion_tag("components/status.html")
def verdict_chip(verdict: str) -> dict[str, Any]:
    """The verdict with the colour and the sign of the state it resembles."""
    return {"state": LOOKS[Verdict(verdict)], "label": Verdict(verdict).label}
