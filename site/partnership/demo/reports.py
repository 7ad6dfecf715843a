"""What the demo's events left behind: reports, and notes that stand in a consultation."""

from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from consultations.models import Contribution
from events.reports.models import ClosingReport, ReportPicture, SessionNote
from events.reports.services import hand_over_notes
from partnership.demo.drawings import make_photo
from partnership.demo.people import DemoPeople
from partnership.demo.texts import columns, read
from partnership.demo.words import translate

WORDS = ("organisations", "summary", "decisions", "links")
#: How long after the event its report was published.
LATER = timedelta(days=4)


def make_reports(events: dict[str, Any], people: DemoPeople, consultations: dict[str, Any]) -> None:
    """Publish the reports, and hand their notes to the consultation."""
    for entry in read("reports")["reports"]:
        event = events[entry["event"]].eventpage_ptr
        report = ClosingReport(
            event=event,
            attendance=entry["attendance"],
            consultation=consultations.get(entry.get("consultation")),
            is_published=True,
            published_at=event.ends_at + LATER,
            asked_at=event.ends_at + timedelta(hours=12),
            **columns(**{name: entry[name] for name in WORDS}),
        )
        report.pictures = [
            _picture(number, row) for number, row in enumerate(entry.get("pictures", ()))
        ]
        report.notes = [
            _note(number, row, event, people) for number, row in enumerate(entry.get("notes", ()))
        ]
        report.save()
        hand_over_notes(report)
        _translate(report, entry.get("notes", ()), people)


def _picture(number: int, row: dict[str, Any]) -> ReportPicture:
    photo = make_photo(row["drawing"], row["description"])
    return ReportPicture(sort_order=number, photo=photo, **columns(caption=row["caption"]))


def _note(number: int, row: dict[str, Any], event: Any, people: DemoPeople) -> SessionNote:
    drawing = make_photo(row["drawing"], row["description"]) if "drawing" in row else None
    return SessionNote(
        sort_order=number,
        key=uuid5(NAMESPACE_URL, f"{event.slug}.note.{number}"),
        text=row["text"],
        language_code=row["language"],
        city=people.cities[row["city"]],
        drawing=drawing,
    )


def _translate(report: ClosingReport, rows: Any, people: DemoPeople) -> None:
    notes = {note.text: note.key for note in report.notes.all()}
    for row in rows:
        contribution = Contribution.objects.get(session_key=notes[row["text"]])
        translate(contribution, row, people)
