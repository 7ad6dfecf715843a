"""What was learned: ``{% load lessons %}{% debrief_panel page %}{% debrief_of commitment %}``."""

from typing import Any

from django import template

from home.archive.presenting import address_of, debrief_context, lessons_from

register = template.Library()


@register.simple_tag(name="lessons_from")
def what_became(observations: Any) -> dict[int, Any]:
    """What these observations at a drill became, for ``became``; one query at most."""
    return lessons_from(observations)


@register.inclusion_tag("archive/became.html")
def became(observation: Any, lessons: dict[int, Any]) -> dict[str, Any]:
    """The lessons that one of them became, with the protocols that took them up."""
    found = lessons.get(observation.pk, ())
    return {"rows": [{"lesson": each, "url": address_of(each)} for each in found]}


@register.inclusion_tag("archive/debrief.html")
def debrief_panel(event: Any) -> dict[str, Any]:
    """The debrief of an event and its lessons; nothing before it is published."""
    return debrief_context(event) if event.pk else {"debrief": None}


@register.inclusion_tag("archive/debrief_of_commitment.html")
def debrief_of(commitment: Any) -> dict[str, Any]:
    """The debrief of a commitment, folded up under it; nothing before it is published."""
    return {**debrief_context(commitment), "number": commitment.number}
