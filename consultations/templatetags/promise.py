"""Who reads what is written here, when something is heard back, and where it leads."""

from typing import Any

from django import template

from consultations import outcomes
from consultations.models import ConsultationPage
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once

register = template.Library()


@register.inclusion_tag("consultations/promise.html", takes_context=True)
def promise(context: dict[str, Any], consultation: ConsultationPage) -> dict[str, Any]:
    """Say it on a page that has not asked for any of it; one query, or two."""
    cities = once(context["request"], cities_of_the_site)
    found = outcomes.of(consultation, cities)
    return {"page": consultation, "cities": cities, "feeds": outcomes.promises(found)}
