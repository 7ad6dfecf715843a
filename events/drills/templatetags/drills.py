"""What a drill's page shows more than other events: ``{% load drills %}{% drill_panel page %}``."""

from typing import Any

from django import template
from django.urls import reverse

from events.drills.permissions import may_run
from events.drills.presenting import drill_context
from events.enums import EventKind
from events.models import EventPage
from partnership.pages.languages import active

register = template.Library()


@register.inclusion_tag("drills/panel.html", takes_context=True)
def drill_panel(context: dict[str, Any], event: EventPage) -> dict[str, Any]:
    """Scenario, checklist, review and corrective actions; nothing for another kind of event."""
    if event.kind != EventKind.DRILL or not event.pk:
        return {"drill": None}
    shown = drill_context(event, list(context["cities"]))
    user = context["request"].user
    if shown["drill"] is not None and user.is_authenticated and may_run(user, shown["drill"]):
        shown["checklist_url"] = reverse("drill_checklist", args=(event.slug_in(active()),))
    return {**shown, "event": event, "cities": context["cities"]}
