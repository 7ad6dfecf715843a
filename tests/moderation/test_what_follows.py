"""What else follows from a report, an appeal or a decision: counts, pages, addresses, the log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations.conversation.services import edit_comment, keep_as_it_is, withdraw_comment
from consultations.enums import Participation
from consultations.models import Contribution, EarlierWording
from consultations.moderation.models import APPEAL_WITHIN, Decision
from consultations.moderation.refusals import AppealDecided
from consultations.moderation.services.appeals import appeal, give_back, turn_down
from consultations.refusals import AlreadyModerated
from consultations.services import hide_contribution
from partnership.people.models import GuestContact
from tests.consultations.test_guest_answers import guest
from tests.factories.consultations import ContributionFactory, make_consultation
from tests.factories.moderation import make_hidden, make_moderator
from tests.moderation.test_reports import reported

pytestmark = pytest.mark.django_db


@pytest.fixture
def renewed(monkeypatch):
    """How often the pages were made anew."""
    times = []
    monkeypatch.setattr("partnership.serving.cache.renew", lambda: times.append(1))
    return times


def appealed(decision):
    return appeal(decision, text="It names nobody.", language_code="en", form_token=None)


def test_a_reply_that_is_shown_again_is_counted_under_its_comment(cities):
    thread = ContributionFactory(reply_count=1)
    _reply, decision = make_hidden(
        make_moderator(cities[0]), consultation=thread.consultation, parent=thread
    )
    before = Contribution.objects.get(pk=thread.pk).reply_count

    give_back(appealed(decision), by=make_moderator(cities[1]))

    assert Contribution.objects.get(pk=thread.pk).reply_count == before + 1


def test_pages_are_made_anew_when_words_are_held_and_shown_again(
    cities, hidden, renewed, django_capture_on_commit_callbacks
):
    made = appealed(hidden[1])
    shown = reported(2)

    with django_capture_on_commit_callbacks(execute=True):
        give_back(made, by=make_moderator(cities[1]))
    given_back = len(renewed)
    with django_capture_on_commit_callbacks(execute=True):
        reported(1, contribution=shown)

    assert given_back >= 1
    assert len(renewed) > given_back


def test_a_guest_who_appeals_can_be_written_to_until_it_is_surely_decided(cities):
    consultation = make_consultation(participation=Participation.OPEN)
    words = ContributionFactory(consultation=consultation, participant=guest(), city=cities[0])
    hide_contribution(words, by=make_moderator(cities[0]), reason="It names a person.")
    GuestContact.objects.update(keep_until=timezone.now() + timedelta(days=1))

    appealed(Decision.objects.get())

    assert GuestContact.objects.get().keep_until > timezone.now() + 1.9 * APPEAL_WITHIN


def test_new_words_that_are_set_aside_are_kept_and_leave_a_decision(cities):
    comment, moderator = ContributionFactory(text="First."), make_moderator(cities[0])
    edit_comment(comment, participant=comment.participant, text="Other words.", form_token=None)

    with pytest.raises(AlreadyModerated):
        keep_as_it_is(comment, by=moderator, reason="It insults.", seen_words="Words of before.")
    keep_as_it_is(comment, by=moderator, reason="It insults.", seen_words="Other words.")

    decision = Decision.objects.get()
    assert (decision.outcome, decision.decided_by) == ("kept", moderator)
    assert EarlierWording.objects.get().text == "Other words."


def test_what_its_author_took_back_meanwhile_is_shown_to_nobody_again(cities):
    alder, puerto = cities
    comment, decision = make_hidden(make_moderator(alder))
    made = appealed(decision)
    withdraw_comment(comment, participant=comment.participant)

    with pytest.raises(AppealDecided):
        give_back(made, by=make_moderator(puerto))

    comment.refresh_from_db()
    assert comment.publication_status == "withdrawn"


def test_a_decision_that_stands_keeps_its_reason_in_the_log(cities):
    alder, puerto = cities
    _comment, decision = make_hidden(make_moderator(alder))

    turn_down(appealed(decision), by=make_moderator(puerto), answer="It does.")

    assert Decision.objects.get(outcome="upheld").reason == decision.reason
