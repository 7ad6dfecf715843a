"""The page "How we count": its example is worked by the very functions that count the votes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.disclosure import VOTES_BEFORE_FIGURES
from consultations.models import ConsultationIndexPage
from consultations.results import (
    ENOUGH_PER_CITY,
    ONE_SIDED_95,
    TWO_SIDED_95,
    common_ground_score,
    difference_interval,
    lower_bound,
    verdict,
)
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.masking import SMALLEST_GROUP
from partnership.pages.languages import active

#: (who agree, who voted) in each of two cities; product and papers cite the outcome: 0.649.
EXAMPLE = ((60, 80), (45, 60))


@require_safe
def how_we_count(request: HttpRequest) -> HttpResponse:
    """Show the rules, the formulas with their sources, and the example."""
    index = ConsultationIndexPage.objects.live().public().first()
    ancestors = [{"title": _("Home"), "url": f"/{active()}/"}]
    if index is not None:
        ancestors.append({"title": index.title, "url": index.get_url(request)})
    context = {
        "ancestors": ancestors,
        "smallest": SMALLEST_GROUP,
        "enough": ENOUGH_PER_CITY,
        "votes_first": VOTES_BEFORE_FIGURES,
        "one_sided": ONE_SIDED_95,
        "two_sided": TWO_SIDED_95,
        **_example(request),
    }
    return render(request, "consultations/how_we_count.html", context)


def _example(request: HttpRequest) -> dict[str, Any]:
    low, high = difference_interval(*EXAMPLE)
    names = [city.name for city in once(request, cities_of_the_site)] or ["A", "B"]
    return {
        "rows": [
            {"head": name, "cells": _cells(*group)}
            for name, group in zip(names, EXAMPLE, strict=False)
        ],
        "score": common_ground_score(EXAMPLE),
        "verdict": verdict(EXAMPLE).label,
        "low": low,
        "high": high,
    }


def _cells(agree: int, seen: int) -> list[Any]:
    return [agree, seen, agree / seen, lower_bound(agree, seen)]
