"""What stands in a consultation from a report goes with it, and what was removed never returns."""

import pytest
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset

from consultations.enums import PublicationStatus
from consultations.models import Contribution
from consultations.moderation.services.removals import ask_for_removal, confirm_removal, digest_of
from events.reports.models import ClosingReport, SessionNote
from events.reports.presenting import attendance_context
from events.reports.services import hand_over_notes
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation
from tests.factories.events import make_past_event
from tests.factories.moderation import make_moderator
from tests.factories.reports import add_note, make_report
from tests.reports.test_admin import address, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """A published report with one note, which stands in a consultation."""
    made = make_report(make_past_event(title="An evening"), consultation=make_consultation())
    add_note(made, "Ana Ruiz steals.")
    hand_over_notes(made)
    return made


def rows(report, **fields):
    """The one note of the report, as its form sends it."""
    (note,) = report.notes.all()
    row = {"id": note.pk, "text": note.text, "language_code": "en", "city": "", "drawing": ""}
    return inline_formset([{**row, **fields}], initial=1)


def test_words_that_two_people_removed_never_return(report):
    said = Contribution.objects.get()
    Contribution.objects.update(publication_status=PublicationStatus.HIDDEN)
    first, second = (make_moderator(city_pair()[0]) for _number in range(2))
    said.refresh_from_db()
    removal = ask_for_removal(said, by=first, reason="unlawful")
    confirm_removal(removal, by=second, seen=digest_of(said))

    hand_over_notes(ClosingReport.objects.get())

    found = Contribution.objects.get()
    assert (found.text, found.publication_status) == ("", PublicationStatus.ERASED)
    assert not SessionNote.objects.exists()


def test_a_hidden_note_that_is_dropped_stays_hidden(report):
    Contribution.objects.update(publication_status=PublicationStatus.HIDDEN)
    report.notes.all().delete()

    hand_over_notes(ClosingReport.objects.get())

    assert Contribution.objects.get().publication_status == PublicationStatus.HIDDEN


def test_a_note_that_is_dropped_while_its_report_is_taken_back_goes(client, make_editor, report):
    client.force_login(make_editor(city_pair()[1]))
    sent = typed(consultation=report.consultation_id, notes=rows(report, DELETE="1"))
    sent.pop("is_published")

    client.post(address(report), sent)

    assert not SessionNote.objects.exists()
    assert Contribution.objects.get().publication_status == PublicationStatus.WITHDRAWN


def test_a_report_taken_back_hands_nothing_new_over(report):
    add_note(report, "A second one.")
    ClosingReport.objects.update(is_published=False)

    hand_over_notes(ClosingReport.objects.get())

    assert [each.text for each in Contribution.objects.all()] == ["Ana Ruiz steals."]


def test_a_joint_report_is_saved_by_editors_who_do_not_choose_its_consultation(
    client, make_editor, report
):
    alder, puerto = city_pair()
    report.consultation.cities.set([alder])
    report.consultation.save()
    client.force_login(make_editor(puerto))
    sent = typed(consultation=report.consultation_id, notes=rows(report), attendance_alder="32")

    client.post(address(report), sent)

    report.refresh_from_db()
    assert report.attendance["alder"] == 32


def test_two_small_groups_are_not_told_by_the_whole():
    told = attendance_context({"alder": 30, "puerto": 1, "elsewhere": 1}, list(city_pair()))

    shown = sum(row["people"] or 0 for row in told["attendance"])
    assert told["people"] - shown >= 5


def test_what_was_written_at_an_event_for_some_people_only_does_not_lead_there(client, report):
    PageViewRestriction.objects.create(page=report.event, restriction_type="login")

    page = client.get(report.consultation.get_url()).content.decode()

    assert "Ana Ruiz steals." in page
    assert report.event.get_url() not in page
