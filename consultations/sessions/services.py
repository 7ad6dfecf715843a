"""Take the notes of a session into a consultation: each of them once, authored by the event."""

from collections.abc import Sequence

from django.db import transaction

from consultations.conversation.services import replace_words, settle_reports
from consultations.enums import ConsultationState, ContributionKind, PublicationStatus
from consultations.models import ConsultationPage, Contribution
from consultations.querysets import DRAWING_SIZE
from consultations.refusals import WrongLanguage
from consultations.services import refuse_unless_readable
from consultations.sessions.notes import SessionNote
from consultations.sessions.refusals import (
    ConsultationAnswered,
    ConsultationNotPublic,
    SessionElsewhere,
)
from consultations.translations.detection import detect
from partnership.ledger import quotes
from partnership.pages.languages import CODES
from partnership.serving import public_changed


@transaction.atomic
def take_notes(
    consultation_id: int | None,
    *,
    event_id: int,
    notes: Sequence[SessionNote],
    only_known: bool = False,
) -> int:
    """Let these notes, and no others of the event, stand in the consultation.

    Handing over the same again changes nothing. New words replace the old, which moderators
    keep; a note that is no longer among them is withdrawn, so that what was said to it stays.
    What a moderator has hidden stays hidden. Returns how many readers see. Locks the
    consultation's row. Raises SessionElsewhere, ConsultationAnswered, ConsultationNotPublic.
    """
    consultation = _locked(consultation_id)
    known = {one.session_key: one for one in Contribution.objects.of_session(event_id)}
    if any(one.consultation_id != consultation_id for one in known.values()):
        raise SessionElsewhere
    wanted = {note.key for note in notes}
    taken = [note for note in notes if note.key in known] if only_known else notes
    news = [note for note in taken if _is_news(note, known.get(note.key))]
    gone = [one for key, one in known.items() if key not in wanted and _can_be_read(one)]
    if consultation is None or not (news or gone):
        return Contribution.objects.of_session(event_id).published().count()
    _refuse_unless_open_to_notes(consultation)
    for note in news:
        new = Contribution(consultation=consultation, event_id=event_id, session_key=note.key)
        _write(note, known.get(note.key, new))
    for one in gone:
        _withdraw(one)
    public_changed()
    return Contribution.objects.of_session(event_id).published().count()


def _locked(consultation_id: int | None) -> ConsultationPage | None:
    """The consultation, kept from everybody else until the transaction is over."""
    rows = ConsultationPage.objects.select_for_update(of=("self",))
    return rows.get(pk=consultation_id) if consultation_id else None


def _refuse_unless_open_to_notes(consultation: ConsultationPage) -> None:
    if not consultation.live:
        raise ConsultationNotPublic
    if consultation.state == ConsultationState.ANSWERED:
        raise ConsultationAnswered


def _can_be_read(one: Contribution) -> bool:
    """What is hidden or removed stays so, whatever becomes of the note."""
    return one.publication_status in {PublicationStatus.PUBLISHED, PublicationStatus.PENDING}


def _is_news(note: SessionNote, known: Contribution | None) -> bool:
    if known is not None and known.publication_status == PublicationStatus.ERASED:
        return False  # two people removed the words for good
    if known is None or known.is_withdrawn:
        return True
    same_words = (known.text, known.city_id, known.drawing_id)
    said = note.language_code or known.language_code
    return same_words != (note.text, note.city_id, note.drawing_id) or said != known.language_code


def _write(note: SessionNote, contribution: Contribution) -> None:
    """Put the note's words there; who reads them sees which session they come from."""
    refuse_unless_readable(note.text)
    if contribution.pk:
        replace_words(contribution, note.text)
    else:
        contribution.kind, contribution.text = ContributionKind.IDEA, note.text
        contribution.created_at = note.written_at
    language_code = note.language_code or detect(note.text) or CODES[0]
    if language_code not in CODES:
        raise WrongLanguage
    contribution.language_code = language_code
    contribution.city_id, contribution.drawing_id = note.city_id, note.drawing_id
    if contribution.is_withdrawn or not contribution.pk:
        contribution.publication_status = PublicationStatus.PUBLISHED
    contribution.save()
    if contribution.drawing is not None:
        contribution.drawing.get_rendition(DRAWING_SIZE)  # so that no reader waits for it


def _withdraw(contribution: Contribution) -> None:
    contribution.publication_status = PublicationStatus.WITHDRAWN
    contribution.save(update_fields=("publication_status",))
    quotes.forget(contribution)
    settle_reports(contribution)
