"""What was learned: ``{% load lessons %}{% debrief_panel page %}{% debrief_of commitment %}``."""

from typing import Any

from django import template

from home.archive.presenting import address_of, debrief_context, lessons_from, ratings_from

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


@register.simple_tag(name="ratings_from")
def what_it_moved(observations: Any) -> dict[int, Any]:
    """How risks were rated because of these observations, for ``moved``; one query at most."""
    return ratings_from(observations)


@register.inclusion_tag("risks/moved.html")
def moved(observation: Any, ratings: dict[int, Any]) -> dict[str, Any]:
    """The ratings that follow from one of them."""
    return {"ratings": ratings.get(observation.pk, ())}


@register.inclusion_tag("archive/follows_from.html")
def follows_from(rating: Any) -> dict[str, Any]:
    """What a rating follows from, as readers may know it: something seen, or a lesson."""
    seen = rating.observation if rating.tells_seen else None
    lesson = rating.lesson if rating.tells_lesson else None
    return {"seen": seen, "lesson": lesson, "url": lesson and address_of(lesson)}


@register.inclusion_tag("archive/debrief.html")
def debrief_panel(event: Any) -> dict[str, Any]:
    """The debrief of an event and its lessons; nothing before it is published."""
    return debrief_context(event) if event.pk else {"debrief": None}


@register.inclusion_tag("archive/debrief_of_commitment.html")
def debrief_of(commitment: Any) -> dict[str, Any]:
    """The debrief of a commitment, folded up under it; nothing before it is published."""
    return {**debrief_context(commitment), "number": commitment.number}
