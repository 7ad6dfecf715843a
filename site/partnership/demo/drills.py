"""The demo's drills: a checklist to run on the day, and one drill that was reviewed."""

from datetime import timedelta
from typing import Any

from events.drills.enums import ActionState
from events.drills.models import (
    AfterActionReview,
    Checklist,
    ChecklistItem,
    CorrectiveAction,
    DrillItem,
    Observation,
)
from events.drills.services import copy_checklist
from partnership.demo.calendar import DemoCalendar
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.people.models import Resident


def make_drills(events: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    """Make the checklists, copy them into the drills, and tell how the past one went."""
    content = read("drills")
    checklists = {entry["key"]: _checklist(entry) for entry in content["checklists"]}
    for copy in content["copies"]:
        copy_checklist(checklists[copy["checklist"]], drill=events[copy["drill"]])
    for entry in content["reviews"]:
        drill = events[entry["drill"]]
        _tick(drill, entry["ticked"])
        _review(drill, entry, people, calendar)


def _checklist(entry: dict[str, Any]) -> Checklist:
    checklist = Checklist(**columns(title=entry["title"]))
    checklist.items = [
        ChecklistItem(sort_order=number, **columns(text=item["text"], role=item["role"]))
        for number, item in enumerate(entry["items"])
    ]
    checklist.save()
    return checklist


def _tick(drill: Any, minutes: list[int]) -> None:
    """Tick the items in their order, each so many minutes after the start; none for -1."""
    by = Resident.objects.filter(is_staff=True).order_by("pk").first()
    for item, after in zip(drill.items.all(), minutes, strict=False):
        if after >= 0:
            done_at = drill.starts_at + timedelta(minutes=after)
            DrillItem.objects.filter(pk=item.pk).update(done_at=done_at, done_by=by)


def _review(drill: Any, entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar) -> None:
    review = AfterActionReview.objects.create(
        drill=drill,
        held_on=calendar.day(entry["held"]),
        attendance=entry["attendance"],
        is_published=True,
        **columns(summary=entry["summary"]),
    )
    for number, seen in enumerate(entry["observations"]):
        observation = Observation.objects.create(
            review=review,
            sort_order=number,
            kind=seen["kind"],
            item_number=seen.get("item"),
            **columns(text=seen["text"]),
        )
        for action in seen.get("actions", ()):
            _action(observation, action, people, calendar)


def _action(
    observation: Observation, entry: dict[str, Any], people: DemoPeople, calendar: DemoCalendar
) -> None:
    is_closed = "closed" in entry
    CorrectiveAction.objects.create(
        observation=observation,
        city=people.cities[entry["city"]],
        due_on=calendar.day(entry["due"]),
        closed_on=calendar.day(entry["closed"]) if is_closed else None,
        state=ActionState.DONE if is_closed else ActionState.IN_PROGRESS,
        **columns(text=entry["text"]),
    )
