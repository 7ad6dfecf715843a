"""What the demo's cities learned: debriefs, and lessons of which some are taken up."""

from datetime import timedelta
from typing import Any

from home.archive.models import Debrief, Lesson
from partnership.demo.calendar import DemoCalendar
from partnership.demo.texts import columns, read


def make_debriefs(events: dict[str, Any], calendar: DemoCalendar) -> None:
    """Publish the debriefs; one event of long ago stays without, for the editors' first screen."""
    for entry in read("reports")["debriefs"]:
        event = events[entry["event"]].eventpage_ptr
        debrief = Debrief(
            event=event,
            opened_at=event.ends_at + timedelta(hours=12),
            held_on=calendar.day(entry["held"]),
            is_published=True,
            **columns(went_well=entry["went_well"], to_change=entry["to_change"]),
        )
        debrief.lessons = [
            _lesson(number, row, calendar) for number, row in enumerate(entry["lessons"])
        ]
        debrief.save()


def _lesson(number: int, row: dict[str, Any], calendar: DemoCalendar) -> Lesson:
    words = {name: row[name] for name in ("text", "taken_up_in") if name in row}
    return Lesson(
        sort_order=number,
        state=row["state"],
        taken_up_on=calendar.day(row["taken_up"]) if "taken_up" in row else None,
        **columns(**words),
    )
