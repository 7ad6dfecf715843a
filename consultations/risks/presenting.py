"""What readers see of the risk register, and of one risk."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.risks.enums import LEAST, Band, Impact, Likelihood
from consultations.risks.models import ContingencyPlan, Risk, RiskRating
from consultations.risks.permissions import visible_to
from consultations.risks.querysets import seen_at_drills
from consultations.roadmap.models import Commitment
from partnership.cities.today import today_in
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.pages.access import open_to_all
from partnership.pages.languages import active

NUMBERS = ("first", "second", "third")


def register_context(request: HttpRequest) -> dict[str, Any]:
    """The matrix of open risks, the register, and what is watched no more; a few queries."""
    today = today_in(once(request, cities_of_the_site))
    visible = visible_to(request.user).gravest_first().prefetch_related("cities")
    rows = [{"risk": risk, "is_overdue": risk.is_overdue_on(today)} for risk in visible]
    watched = [row for row in rows if row["risk"].is_open]
    return {
        "ancestors": [home()],
        "watched": watched,
        "closed": [row for row in rows if not row["risk"].is_open],
        "matrix": matrix(row["risk"] for row in watched),
        "impacts": Impact.choices,
        "likelihoods": Likelihood.choices,
        "bands": bands(),
        "downloads": [
            {"url": reverse("risk_register_csv"), "label": _("Risks (CSV)"), "icon": "down"}
        ],
    }


def there_are_public_ones() -> Exists:
    """The condition that readers find a risk in the register."""
    return Exists(Risk.objects.public())


def home() -> dict[str, str]:
    """The front page, as the crumbs want it."""
    return {"title": _("Home"), "url": f"/{active()}/"}


def matrix(risks: Iterable[Risk]) -> list[dict[str, Any]]:
    """The likeliest row first; in each cell its score, what that means, and the risks there."""
    places = defaultdict(list)
    for risk in risks:
        places[risk.residual_likelihood, risk.residual_impact].append(risk)
    return [
        {
            "level": likelihood.value,
            "label": likelihood.label,
            "cells": [
                {
                    "score": likelihood * impact,
                    "band": Band.of(likelihood * impact),
                    "risks": places[likelihood, impact],
                }
                for impact in Impact
            ],
        }
        for likelihood in reversed(Likelihood)
    ]


def bands() -> list[dict[str, Any]]:
    """The words for scores, each with its first and its last one, the least first."""
    ends = (25, *(least - 1 for least, _band in LEAST))
    found = [
        {"band": band, "first": max(least, 1), "last": last}
        for (least, band), last in zip(LEAST, ends, strict=False)
    ]
    return found[::-1]


def risk_context(risk: Risk, request: HttpRequest) -> dict[str, Any]:
    """Everything the page of one risk shows, in a number of queries that never grows."""
    plan = getattr(risk, "plan", None)
    is_shown = plan is not None and (plan.is_published or not risk.is_published)
    today = today_in(once(request, cities_of_the_site))
    ratings: Any = risk.ratings
    return {
        "ancestors": [home(), {"title": _("Risk register"), "url": reverse("risk_register")}],
        "risk": risk,
        "cities": list(risk.cities.all()),
        "is_overdue": risk.is_overdue_on(today),
        "owners": list(risk.owners.select_related("city")),
        "ratings": moves(list(ratings.with_causes())),
        "plan": plan_context(plan) if plan is not None and is_shown else None,
        "seen": list(seen_at_drills(risk)),
        "threatened": list(threatened_by(risk)),
    }


def moves(ratings: list[RiskRating]) -> list[dict[str, Any]]:
    """The ratings, the newest first, each with how far what is left went up or down."""
    changes = [newer.residual_score - older.residual_score for newer, older in pairwise(ratings)]
    rows = zip(ratings, [*changes, None], strict=False)
    return [
        {"rating": rating, "rose": max(change or 0, 0), "fell": max(-(change or 0), 0)}
        for rating, change in rows
    ]


def plan_context(plan: ContingencyPlan) -> dict[str, Any]:
    """The three things, each with who does it in which city, and when it was exercised."""
    duties = list(plan.duties.select_related("city"))
    drill: Any = plan.drill
    return {
        "plan": plan,
        "actions": [
            {
                "text": getattr(plan, f"{number}_action"),
                "duties": [
                    {"city": duty.city, "by": getattr(duty, f"{number}_by")} for duty in duties
                ],
            }
            for number in NUMBERS
        ],
        "drill": drill if drill is not None and is_open_to_all(drill) else None,
    }


def is_open_to_all(page: Any) -> bool:
    """Whether every reader may open the page."""
    return type(page).objects.live().filter(open_to_all(), pk=page.pk).exists()


def threatened_by(risk: Risk) -> Any:
    """Return the commitments it threatens that readers find on a roadmap."""
    public = Commitment.objects.filter(open_to_all("roadmap__"), roadmap__live=True, risks=risk)
    return public.select_related("roadmap")
