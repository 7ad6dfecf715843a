"""Where events and consultations meet: the notes of a session become contributions."""

from consultations.sessions.notes import SessionNote
from consultations.sessions.services import take_notes
from events.reports.models import ClosingReport


def pass_on(report: ClosingReport) -> int:
    """Hand the notes of a report to the consultation it names; return how many stand there."""
    notes = [
        SessionNote(
            key=note.key,
            text=note.text,
            written_at=report.event.ends_at,
            language_code=note.language_code,
            city_id=note.city_id,
            drawing_id=note.drawing_id,
        )
        for note in report.notes.all()
    ]
    return take_notes(
        report.consultation_id,
        event_id=report.event_id,
        notes=notes,
        only_known=not report.is_published,
    )
