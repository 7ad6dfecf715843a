"""What became of an event: ``{% load knowledge %}{% cases_about event %}``."""

from collections.abc import Mapping
from typing import Any

from django import template

from home.knowledge.presenting import cases_about as told_of
from partnership.interface import framing
from partnership.interface.context import cities, once

register = template.Library()


@register.inclusion_tag("knowledge/told_of.html", takes_context=True)
def cases_about(context: Mapping[str, Any], event: Any) -> dict[str, Any]:
    """The case studies of an event; a site without any is not asked for them."""
    known = once(context["request"], cities)
    is_asked = event.pk and framing.is_known(known, "has_case_studies")
    return {"cases": told_of(event) if is_asked else []}
