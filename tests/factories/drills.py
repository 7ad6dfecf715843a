"""Drills for tests: a checklist, a drill with items, a review with actions."""

from datetime import date
from typing import Any

from events.drills.models import (
    AfterActionReview,
    Checklist,
    ChecklistItem,
    CorrectiveAction,
    DrillItem,
    Observation,
)
from events.models import DrillPage
from tests.factories.cities import city_pair
from tests.factories.events import in_every_language, make_event


def make_checklist(*texts: str) -> Checklist:
    """A checklist of these items, the same words in every language."""
    checklist = Checklist(**in_every_language("title", "Mutual aid"))
    checklist.items = [
        ChecklistItem(sort_order=number, **in_every_language("text", text))
        for number, text in enumerate(texts)
    ]
    checklist.save()
    return checklist


def make_drill(*texts: str, **fields: Any) -> DrillPage:
    """A published drill with these items on its list."""
    drill = make_event(DrillPage, **{"title": "High water", **fields})
    for number, text in enumerate(texts, 1):
        DrillItem.objects.create(drill=drill, number=number, **in_every_language("text", text))
    return drill


def make_observation(drill: DrillPage, text: str = "Pumps fit", **fields: Any) -> Observation:
    """Something seen at the drill; its review is made, published, when there is none."""
    review, _made = AfterActionReview.objects.get_or_create(
        drill=drill, defaults={"held_on": date(2026, 5, 1), "is_published": True}
    )
    values = {"kind": "improvement", **in_every_language("text", text)}
    return Observation.objects.create(review=review, **{**values, **fields})


def make_action(
    observation: Observation, *, due: date, closed: date | None = None, **fields: Any
) -> CorrectiveAction:
    """A corrective action of Alder Bay; closed when it has a day for that."""
    values = {
        "city": city_pair()[0],
        "state": "done" if closed else "open",
        **in_every_language("text", "Buy adapters"),
    }
    return CorrectiveAction.objects.create(
        observation=observation, due_on=due, closed_on=closed, **{**values, **fields}
    )
