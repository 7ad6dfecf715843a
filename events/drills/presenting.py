"""What readers see of a drill: what is practised, the checklist, and what followed."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, F, Prefetch, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from events.drills.models import (
    REVIEW_WITHIN,
    CorrectiveAction,
    DrillItem,
    Punctuality,
)
from events.models import DrillPage, EventPage
from events.reports.presenting import attendance_context
from events.reports.querysets import NOT_HAPPENED
from partnership.cities.models import City
from partnership.pages.languages import CODES, active, localized


def drill_context(event: EventPage, cities: list[City]) -> dict[str, Any]:
    """Everything below the head of a drill's page, in a number of queries that never grows."""
    drill, risks = _drill_and_risks(event)
    if drill is None:  # a preview of a page that was never saved
        return {"drill": None}
    items = list(drill.items.all())
    review = getattr(drill, "review", None)
    shown = review if review is not None and review.is_published else None
    observations = _observations(shown, {item.number: item for item in items})
    actions = [action for one in observations for action in one.shown_actions]
    due_on = review_due_on(event)
    return {
        "drill": drill,
        "risks": risks,
        "objectives": _lines(drill.objectives),
        "services": _lines(drill.services),
        "items": items,
        "done": sum(item.is_done for item in items),
        "review": shown,
        "observations": observations,
        "actions": actions,
        "punctuality": Punctuality.of(actions),
        **(attendance_context(shown.attendance, cities) if shown else {}),
        "review_due_on": due_on,
        "debrief": getattr(event, "debrief", None),
        # What does not take place is not looked back on.
        "is_looked_back_on": shown is not None or event.event_status not in NOT_HAPPENED,
        "is_late": due_on < timezone.now().astimezone(ZoneInfo(event.time_zone)).date(),
    }


def _drill_and_risks(event: EventPage) -> tuple[DrillPage | None, list[dict[str, str]]]:
    """The drill, and the public risks whose public plans it exercises; one query."""
    plan = "contingency_plans"
    title = [f"{plan}__risk__{localized('event', code)}" for code in (active(), *CODES)]
    is_public = Q(**{f"{plan}__is_published": True, f"{plan}__risk__is_published": True})
    rows = DrillPage.objects.select_related("review").annotate(
        risk_key=Case(When(is_public, then=F(f"{plan}__risk"))),
        risk_title=Coalesce(*title, output_field=CharField()),
    )
    found: list[Any] = list(rows.filter(pk=event.pk).order_by("risk_key"))
    return found[0] if found else None, [
        {"title": row.risk_title, "url": reverse("risk", args=(row.risk_key,))}
        for row in found
        if row.risk_key is not None
    ]


def review_due_on(event: EventPage) -> date:
    """Return the day by which the review is held, on the drill's clock."""
    return (event.ends_at + REVIEW_WITHIN).astimezone(ZoneInfo(event.time_zone)).date()


def _observations(review: Any, items: dict[int, DrillItem]) -> list[Any]:
    """Return the observations, each with its item and its actions; note them on both sides."""
    if review is None:
        return []
    actions = CorrectiveAction.objects.select_related("city", "risk")
    seen = review.observations.select_related("risk").knowing_what_became()
    found = list(seen.prefetch_related(Prefetch("actions", queryset=actions)))
    for number, observation in enumerate(found, 1):
        observation.number = number
        observation.item = items.get(observation.item_number)
        observation.shown_actions = list(observation.actions.all())
        if observation.item is not None:
            seen = getattr(observation.item, "seen", [])
            observation.item.seen = [*seen, observation]
    return found


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
