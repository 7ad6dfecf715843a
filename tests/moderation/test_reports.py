"""Enough different people report a comment, and it is hidden until a moderator has looked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.conversation.services import keep_as_it_is, report_comment
from consultations.models import ConsultationPage, Contribution, Report
from consultations.models.conversation import LONGEST_NOTE
from consultations.moderation.models import Decision
from consultations.refusals import CommentNotThere, TextTooLong
from consultations.services import publish_contribution
from partnership.outbox.models import OutgoingMail
from tests.factories.consultations import (
    ContributionFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def reported(times, *, needed=3, contribution=None):
    """A comment of a consultation with that threshold, reported by so many people."""
    contribution = contribution or ContributionFactory()
    pages = ConsultationPage.objects.filter(pk=contribution.consultation_id)
    pages.update(reports_to_hide=needed)
    for _number in range(times):
        report_comment(
            contribution, participant=make_participant(), reason="offensive", form_token=None
        )
    contribution.refresh_from_db()
    return contribution


@pytest.mark.parametrize(
    ("times", "needed", "status"),
    [(2, 3, "published"), (3, 3, "pending"), (3, None, "published")],
)
def test_it_is_hidden_at_the_number_of_the_consultation(times, needed, status):
    assert reported(times, needed=needed).publication_status == status


def test_one_person_who_reports_again_and_again_counts_once():
    contribution, person = reported(1), make_participant()

    for _time in range(5):
        report_comment(contribution, participant=person, reason="spam", form_token=None)

    contribution.refresh_from_db()
    assert contribution.publication_status == "published"


def test_the_author_is_told_and_the_log_knows_of_it_and_nobody_decided():
    contribution = reported(3)

    decision, letter = Decision.objects.get(), OutgoingMail.objects.get()
    assert (decision.outcome, decision.decided_by, decision.city) == (
        "held",
        None,
        contribution.city,
    )
    assert letter.kind == "consultation_comment_held"
    assert letter.to == contribution.participant.email


def test_it_stands_in_the_queue_with_what_was_reported_until_somebody_looks():
    contribution = reported(3)
    waiting = [Contribution.objects.to_decide().get(), Contribution.objects.reported().get()]

    publish_contribution(contribution, by=ResidentFactory())

    assert waiting == [contribution, contribution]
    assert not Contribution.objects.reported().exists()


def test_a_reply_that_is_hidden_is_not_counted_under_its_comment():
    thread = ContributionFactory()
    reply = ContributionFactory(
        consultation=thread.consultation, parent=thread, publication_status="pending"
    )
    publish_contribution(reply, by=ResidentFactory())

    reported(3, contribution=reply)

    thread.refresh_from_db()
    assert thread.reply_count == 0


def test_a_crowd_does_not_overrule_a_moderator_who_has_read_the_words():
    contribution = reported(2)
    keep_as_it_is(contribution, by=ResidentFactory())

    assert reported(4, contribution=contribution).publication_status == "published"
    assert Contribution.objects.reported().get() == contribution


def test_words_that_were_changed_since_can_be_reported_away_again():
    contribution = reported(2)
    keep_as_it_is(contribution, by=ResidentFactory())
    later = timezone.now() + timedelta(seconds=1)
    Contribution.objects.update(edited_at=later)
    contribution.refresh_from_db()

    assert reported(3, contribution=contribution).publication_status == "pending"


def test_a_new_consultation_hides_at_five():
    assert make_consultation().reports_to_hide == 5


@pytest.mark.parametrize("status", ["pending", "hidden", "withdrawn"])
def test_what_nobody_reads_is_not_reported_and_a_note_has_its_length(status):
    person, shown = make_participant(), ContributionFactory()
    away = ContributionFactory(consultation=shown.consultation, publication_status=status)
    about = {"participant": person, "reason": "spam", "form_token": None}

    with pytest.raises(CommentNotThere):
        report_comment(away, **about)
    with pytest.raises(TextTooLong):
        report_comment(shown, note="a" * (LONGEST_NOTE + 1), **about)

    assert not Report.objects.exists()
