"""What the demo's cities learned: debriefs, and lessons of which some are taken up."""

from datetime import timedelta
from typing import Any

from events.drills.models import Observation
from home.archive.models import Debrief, Lesson
from home.protocols.models import ProtocolPage
from partnership.demo.calendar import DemoCalendar
from partnership.demo.texts import columns, read


def make_debriefs(
    events: dict[str, Any],
    roadmaps: dict[int, Any],
    protocols: dict[str, ProtocolPage],
    calendar: DemoCalendar,
) -> None:
    """Publish the debriefs; some things stay without, for the editors' first screen."""
    for entry in read("reports")["debriefs"]:
        debrief = Debrief(
            **_subject(entry, events, roadmaps, calendar),
            held_on=calendar.day(entry["held"]),
            is_published=True,
            **columns(went_well=entry["went_well"], to_change=entry["to_change"]),
        )
        debrief.lessons = [
            _lesson(number, row, events, protocols, calendar)
            for number, row in enumerate(entry.get("lessons", ()))
        ]
        debrief.save()


def _subject(
    entry: dict[str, Any],
    events: dict[str, Any],
    roadmaps: dict[int, Any],
    calendar: DemoCalendar,
) -> dict[str, Any]:
    """What the debrief is about, and when it was opened."""
    if "event" in entry:
        event = events[entry["event"]].eventpage_ptr
        return {"event": event, "opened_at": event.ends_at + timedelta(hours=12)}
    years_ago, number = entry["commitment"]
    promise = roadmaps[years_ago].commitments.get(number=number)
    return {"commitment": promise, "opened_at": calendar.noon(promise.finished_on)}


def _lesson(
    number: int,
    row: dict[str, Any],
    events: dict[str, Any],
    protocols: dict[str, ProtocolPage],
    calendar: DemoCalendar,
) -> Lesson:
    key, version = row.get("taken_up_version", ("", 0))
    return Lesson(
        sort_order=number,
        observation=_seen(events, *row["seen"]) if "seen" in row else None,
        state=row["state"],
        taken_up_on=calendar.day(row["taken_up"]) if "taken_up" in row else None,
        taken_up_version=protocols[key].versions.get(number=version) if key else None,
        **columns(text=row["text"]),
    )


def _seen(events: dict[str, Any], drill: str, item: int) -> Observation:
    """What was seen at the drill about an item of its checklist."""
    return Observation.objects.get(review__drill=events[drill], item_number=item)
