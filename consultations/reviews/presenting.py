"""What readers see of a signed review: the figures of its day, every verdict, who signed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.reviews.enums import Verdict
from consultations.reviews.figures import Figures
from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.reviews.signing import TEXTS, label_of
from consultations.reviews.telling import facts_beside, place_in_words
from consultations.risks.enums import RiskState
from consultations.roadmap.presenting import ancestors
from home.parity.measures import EVERY
from partnership.cities.models import City
from partnership.interface.context import cities as shown_cities
from partnership.interface.context import once
from partnership.interface.templatetags.figures import money, number
from partnership.ledger.reading import entry_about, signatures_of
from partnership.masking import SMALLEST_GROUP
from partnership.pages.wording.foreign import in_own_language


def review_context(review: AnnualReview, request: HttpRequest) -> dict[str, Any]:
    """Everything on the page of a review, in a number of queries that never grows."""
    cities = once(request, shown_cities)
    known = {city.code: city for city in cities}
    roadmap, figures = review.roadmap, review.figures
    rows = list(CommitmentReview.objects.filter(review=review).to_read())
    told = promises(rows, figures, known, roadmap.get_url())
    entry = entry_about(review)
    return {
        "review": review,
        "page": roadmap,
        "ancestors": [*ancestors(roadmap), roadmap],
        "day": date.fromisoformat(figures["day"]),
        "texts": texts_of(review),
        "summary": summary(rows, figures, cities),
        "money": [_sum(each) for each in figures["money"]],
        "participation": participation(figures["participation"], known),
        "rows": told,
        "risks": risks_of(figures["risks"]),
        "lessons": lessons_of(told),
        "entry": entry,
        "signatures": signatures_of(entry, known) if entry else [],
        "smallest": SMALLEST_GROUP,
        "downloads": [
            {
                "url": reverse("roadmap_table_csv", args=(roadmap.year, "review")),
                "label": _("The review as CSV"),
                "icon": "down",
            },
            {
                "url": reverse("roadmap_json", args=(roadmap.year,)),
                "label": _("The roadmap as JSON"),
                "icon": "down",
            },
        ],
    }


def texts_of(review: AnnualReview) -> list[dict[str, Any]]:
    """What the year has shown, a heading and a text each."""
    _foreword, *shown = TEXTS
    return [
        {"name": name, "label": label_of(name), "text": getattr(review, name)} for name in shown
    ]


def summary(
    rows: Iterable[CommitmentReview], figures: Figures, cities: Sequence[City]
) -> dict[str, Any]:
    """How many promises got which verdict: of each city that leads any, and of all.

    What several cities lead counts for each of them, and once among all.
    """
    leads = {each["commitment"]: each["led_by"] for each in figures["commitments"]}
    counts: dict[str, Counter[str]] = {city.code: Counter() for city in cities}
    every: Counter[str] = Counter()
    for row in rows:
        every[row.verdict] += 1
        for code in leads.get(row.commitment_id, ()):
            counts.setdefault(code, Counter())[row.verdict] += 1
    names = {city.code: city.name for city in cities}
    return {
        "verdicts": Verdict.choices,
        "facts": [
            {"figure": number(every[value]), "label": label} for value, label in Verdict.choices
        ],
        "rows": [
            {"head": names.get(code, code), "cells": _counted(found)}
            for code, found in counts.items()
            if found
        ],
        "whole": _counted(every),
    }


def _counted(found: Mapping[str, int]) -> list[tuple[Any, int]]:
    """How many got each verdict, with what it is called: on phones it stands beside the figure."""
    return [(label, found[value]) for value, label in Verdict.choices]


def _sum(sums: Figures) -> dict[str, Any]:
    """A row of the money of the year; its amounts in the reader's way."""
    amounts = [money(Decimal(sums[name]), sums["currency"]) for name in ("planned", "spent")]
    return {"currency": sums["currency"], "amounts": amounts, "left_out": sums["left_out"]}


def participation(figures: Iterable[Figures], known: Mapping[str, City]) -> dict[str, Any]:
    """What people did, a row for each measure and a column for each place; None is kept back."""
    names = {code: city.name for code, city in known.items()}
    lines: dict[str, dict[str, int | None]] = {}
    for each in figures:
        lines.setdefault(each["measure"], {})[each["city"]] = each["number"]
    places = list(dict.fromkeys(place for line in lines.values() for place in line))
    return {
        "columns": [
            {"city": known.get(place), "name": place_in_words(place, names)} for place in places
        ],
        "rows": [
            {"head": EVERY[key].name, "cells": [line.get(place) for place in places]}
            for key, line in lines.items()
        ],
    }


def promises(
    rows: Iterable[CommitmentReview], figures: Figures, known: Mapping[str, City], url: str
) -> list[dict[str, Any]]:
    """Every promise as it was called when the cities were asked, with what they say of it."""
    facts = {each["commitment"]: each for each in figures["commitments"]}
    return [
        {
            "row": row,
            "number": facts[row.commitment_id]["number"],
            "title": in_own_language(facts[row.commitment_id]["title"]),
            "url": f"{url}#{row.commitment.anchor}",
            "cities": [known[code] for code in facts[row.commitment_id]["led_by"] if code in known],
            "facts": facts_beside(row.verdict, facts[row.commitment_id]),
            "goes_on": _goes_on(row),
        }
        for row in rows
        if row.commitment_id in facts
    ]


def _goes_on(row: Any) -> dict[str, Any] | None:
    """Into which promise it was carried over, once readers know that roadmap."""
    goal = row.carried_into
    if goal is None or not row.goes_on:
        return None
    return {"title": goal.title, "year": goal.roadmap.year, "url": goal.get_absolute_url()}


def risks_of(figures: Sequence[Figures]) -> list[dict[str, Any]]:
    """The risks that threatened promises; those that readers still find are linked; one query."""
    risks: Any = apps.get_model("risks", "Risk")._default_manager
    keys = [each["risk"] for each in figures]
    urls = {risk.pk: risk.get_absolute_url() for risk in risks.public().filter(pk__in=keys)}
    return [
        {
            "title": in_own_language(each["event"]),
            "url": urls.get(each["risk"], ""),
            "state": RiskState(each["state"]).label,
            **{name: each[name] for name in ("score", "residual_score")},
        }
        for each in figures
    ]


def lessons_of(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was learned from these promises, as their public debriefs say; one query."""
    lessons: Any = apps.get_model("archive", "Lesson")._default_manager
    known = {each["row"].commitment_id: each for each in told}
    found = lessons.public().filter(debrief__commitment__in=known).select_related("debrief")
    return [{"lesson": each, **known[each.debrief.commitment_id]} for each in found]
