"""Who reads what is written here, when something is heard back, and where it leads."""

from typing import Any

from django import template

from consultations import outcomes
from consultations.models import ConsultationPage
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once

register = template.Library()


@register.inclusion_tag("consultations/promise.html", takes_context=True)
def promise(
    context: dict[str, Any],
    consultation: ConsultationPage,
    anchor: str = "",
    leads_on: bool = True,
) -> dict[str, Any]:
    """Say it on a page that has not asked for any of it; one query, or two.

    With an ``anchor`` it leads to what became of that, or of the consultation as a whole; where
    somebody fills in a form, it leads nowhere.
    """
    cities = once(context["request"], cities_of_the_site)
    found = outcomes.of(consultation, cities) if leads_on else {}
    if anchor:
        found = {each: found.get(each, []) for each in (anchor, "")}
    return {"page": consultation, "cities": cities, "feeds": outcomes.promises(found)}
