"""What came of an event: ``{% load reports %}{% report_panel page %}``."""

from typing import Any

from django import template

from events.models import EventPage
from events.reports.fields import places
from events.reports.presenting import owes_report, report_context
from events.reports.services import proposed_attendance

register = template.Library()


@register.inclusion_tag("reports/panel.html", takes_context=True)
def report_panel(context: dict[str, Any], event: EventPage) -> dict[str, Any]:
    """The closing report of an event that is over, or when it is expected."""
    if not event.pk:
        return {"report": None}
    return {**report_context(event, list(context["cities"])), "event": event}


@register.inclusion_tag("reports/onward.html")
def onward(event: EventPage, ancestors: list[dict[str, str]]) -> dict[str, Any]:
    """Where an event that is over leads: to what came of it, and to those that are coming."""
    is_over = bool(event.pk) and event.is_over
    return {"is_over": is_over, "tells": is_over and owes_report(event), "list": ancestors[-1:]}


@register.inclusion_tag("reports/admin/door_count.html")
def door_count(event: EventPage) -> dict[str, Any]:
    """Who came by the list at the door, beside the field it is typed into."""
    came = proposed_attendance(event)
    return {"rows": [(words, came[code]) for code, words in places() if code in came]}
