"""Comments: held until a moderator has read them; the author hears what was decided."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from consultations.enums import Participation, PublicationStatus
from consultations.models import Contribution
from consultations.refusals import (
    AlreadyModerated,
    CommentEmpty,
    CommentTooLong,
    ConsultationClosed,
    PhaseDoesNotAllow,
    ReasonMissing,
    ReplyNotPossible,
    StatementNotThere,
    WrongLanguage,
)
from consultations.rules import TIME_TO_TELL
from consultations.services import (
    COMMENT,
    comment,
    hide_contribution,
    publish_contribution,
)
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.models import GuestContact
from partnership.people.tokens import TokenAlreadySpent, issue
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


def write(consultation: Any, text: str = "The pavement ends here.", **changed: Any) -> Contribution:
    values = {
        "participant": changed.pop("participant", None) or make_participant(),
        "text": text,
        "language_code": "en",
        "form_token": issue(COMMENT),
    }
    return comment(consultation, **{**values, **changed})


def test_a_comment_waits_for_a_moderator_and_remembers_city_and_language():
    written = write(make_consultation(), language_code="es")

    assert written.publication_status == PublicationStatus.PENDING
    assert (written.city.code, written.language_code) == ("alder", "es")


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u2060", "\u2800"])
def test_a_comment_in_which_nothing_can_be_read_is_refused(text):
    with pytest.raises(CommentEmpty):
        write(make_consultation(), text)


def test_a_comment_has_two_thousand_characters_at_most():
    consultation = make_consultation()
    write(consultation, "x" * 2000)

    with pytest.raises(CommentTooLong, match="2000"):
        write(consultation, "x" * 2001)


def test_a_language_of_another_pair_is_refused():
    with pytest.raises(WrongLanguage):
        write(make_consultation(), language_code="xx")


def test_comments_are_taken_only_when_the_phase_says_so():
    with pytest.raises(PhaseDoesNotAllow):
        write(make_consultation(allows=("vote", "answer")))


def test_a_closed_consultation_takes_no_comments():
    with pytest.raises(ConsultationClosed):
        write(make_consultation(closes_in=timedelta(days=-1)))


def test_the_same_form_sent_twice_is_one_comment():
    consultation, participant, token = make_consultation(), make_participant(), issue(COMMENT)
    write(consultation, participant=participant, form_token=token)

    with pytest.raises(TokenAlreadySpent):
        write(consultation, participant=participant, form_token=token)

    assert Contribution.objects.count() == 1


def test_a_published_comment_can_be_replied_to():
    parent = ContributionFactory()

    reply = write(parent.consultation, parent=parent)

    assert reply.parent == parent


def test_a_reply_cannot_be_replied_to():
    parent = ContributionFactory()
    reply = ContributionFactory(consultation=parent.consultation, parent=parent)

    with pytest.raises(ReplyNotPossible):
        write(parent.consultation, parent=reply)
    with pytest.raises(ValidationError, match="A reply cannot be replied to"):
        Contribution(consultation=parent.consultation, parent=reply).clean()


def test_a_comment_nobody_sees_yet_cannot_be_replied_to():
    parent = ContributionFactory(publication_status=PublicationStatus.PENDING)

    with pytest.raises(ReplyNotPossible):
        write(parent.consultation, parent=parent)


def test_a_comment_of_another_consultation_cannot_be_replied_to():
    parent = ContributionFactory()

    with pytest.raises(ReplyNotPossible):
        write(make_consultation(title="Another one"), parent=parent)


def test_publishing_tells_the_author_in_their_own_language():
    author = make_participant(language_code="es")
    waiting = ContributionFactory(participant=author, publication_status="pending")

    publish_contribution(waiting, by=ResidentFactory())

    waiting.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert waiting.publication_status == PublicationStatus.PUBLISHED
    assert (mail.to, mail.language_code) == (author.resident.email, "es")
    assert f"/es/consultations/safe-routes-to-school/#comment-{waiting.pk}" in mail.text


def test_hiding_gives_the_author_the_reason():
    moderator = ResidentFactory()
    waiting = ContributionFactory(publication_status="pending")

    hide_contribution(waiting, by=moderator, reason="It names a private person.")

    waiting.refresh_from_db()
    assert waiting.publication_status == PublicationStatus.HIDDEN
    assert waiting.moderated_by == moderator
    assert "It names a private person." in OutgoingMail.objects.get().text


@pytest.mark.parametrize("reason", ["", " \u200b"])
def test_nothing_is_hidden_without_a_reason(reason):
    waiting = ContributionFactory(publication_status="pending")

    with pytest.raises(ReasonMissing):
        hide_contribution(waiting, by=ResidentFactory(), reason=reason)


def test_of_two_decisions_the_first_counts_and_the_author_hears_one():
    waiting = ContributionFactory(publication_status="pending")
    seen_by_another = Contribution.objects.get(pk=waiting.pk)
    publish_contribution(waiting, by=ResidentFactory())

    with pytest.raises(AlreadyModerated):
        hide_contribution(seen_by_another, by=ResidentFactory(), reason="Late.")

    assert OutgoingMail.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_ten_moderators_deciding_at_once_write_one_mail(run_in_threads):
    waiting = ContributionFactory(publication_status="pending")
    moderator = ResidentFactory()

    outcomes = run_in_threads(
        lambda number: publish_contribution(
            Contribution.objects.get(pk=waiting.pk), by=moderator, seen="pending"
        ),
        times=10,
    )

    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadyModerated)]
    assert len(refused) == 9
    assert OutgoingMail.objects.count() == 1


def test_a_comment_is_about_no_statement_of_another_consultation():
    elsewhere = StatementFactory(consultation=make_consultation())

    with pytest.raises(StatementNotThere):
        write(make_consultation(), statement=elsewhere)


def test_a_guest_can_be_written_to_for_two_months_after_the_close():
    consultation = make_consultation(participation=Participation.OPEN)
    guest = guests.recognise(
        GuestDetails(email="gil@example.org", name="Gil", city=None, language_code="en")
    )

    write(consultation, participant=guest)

    assert GuestContact.objects.get().keep_until == consultation.closes_at + TIME_TO_TELL
