"""The author of a comment hears that somebody else replied."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.conversation.services import withdraw_comment
from consultations.following.models import Notice
from consultations.following.services import resume, stop
from consultations.following.telling import tell_of_replies
from consultations.models import Contribution
from consultations.services import comment, hide_contribution, publish_contribution
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.copies import everything_about
from partnership.people.models import Participant
from tests.factories.consultations import ContributionFactory, make_consultation, make_participant
from tests.factories.following import mails, somebody, words_to
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

REPLIED = "comment_replied"


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def said():
    return ContributionFactory(
        consultation=make_consultation(), participant=somebody(language_code="es")
    )


def reply_to(said, by=None, **fields):
    words = {"text": "I agree.", "language_code": "en", "form_token": None}
    return comment(
        said.consultation, participant=by or make_participant(), parent=said, **words, **fields
    )


def shown(reply):
    return publish_contribution(reply, by=ResidentFactory(is_staff=True))


@pytest.mark.both
def test_the_author_is_told_once_in_their_language_when_a_moderator_has_shown_the_reply(said):
    reply = reply_to(said)
    before = tell_of_replies()
    shown(reply)

    told = [tell_of_replies(), tell_of_replies()]

    assert (before, told) == (0, [1, 0])
    assert mails(REPLIED) == [("ana@example.org", "es")]
    assert f"/{said.pk}/" in words_to("ana@example.org")
    assert "/es/" in words_to("ana@example.org")
    assert reply.text not in words_to("ana@example.org")


def test_where_moderators_read_afterwards_it_is_told_at_once():
    said = ContributionFactory(consultation=make_consultation(moderation="after"))

    reply_to(said)

    assert tell_of_replies() == 1


def test_ones_own_reply_is_no_news(said):
    shown(reply_to(said, by=said.participant))

    assert not Notice.objects.exists()


def test_what_is_hidden_meanwhile_is_not_told_and_shown_again_it_is_once(said):
    reply = shown(reply_to(said))
    moderator = ResidentFactory(is_staff=True)
    hide_contribution(reply, by=moderator, reason="It names somebody.")
    hidden = tell_of_replies()
    publish_contribution(reply, by=moderator)
    told = tell_of_replies()
    hide_contribution(reply, by=moderator, reason="It names somebody.")
    publish_contribution(reply, by=moderator)

    assert (hidden, told, tell_of_replies()) == (0, 1, 0)


def test_who_took_the_comment_back_hears_nothing(said):
    shown(reply_to(said))

    withdraw_comment(said, participant=said.participant)

    assert tell_of_replies() == 0


def test_a_comment_brings_one_mail_a_day_that_tells_of_all_its_replies(said):
    shown(reply_to(said))
    tell_of_replies()
    for _number in range(2):
        shown(reply_to(said))
    same_day = tell_of_replies()
    Notice.objects.exclude(told_at=None).update(told_at=timezone.now() - timedelta(days=1))

    told = [tell_of_replies(), tell_of_replies()]

    assert (same_day, told) == (0, [1, 0])
    assert "2" in OutgoingMail.objects.filter(kind=REPLIED).latest("pk").subject


def test_who_stopped_hears_nothing_and_nothing_of_it_later(said):
    stop(said.participant)
    shown(reply_to(said))
    stopped = tell_of_replies()

    resume(said.participant)

    assert (stopped, tell_of_replies()) == (0, 0)


def test_the_comment_leads_to_its_replies_under_my_participation(client, said):
    client.force_login(said.participant.resident)
    before = client.get(reverse("my_participation")).content.decode()
    shown(reply_to(said))

    after = client.get(reverse("my_participation")).content.decode()

    address = Contribution.objects.get(pk=said.pk).replies_url
    assert f'href="{address}"' not in before
    assert f'href="{address}"' in after


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_clocks_at_once_write_one_mail(run_in_threads):
    said = ContributionFactory(consultation=make_consultation())
    for _number in range(2):
        shown(reply_to(said))

    told = run_in_threads(lambda number: tell_of_replies(), times=2)

    assert sum(told) == 1
    assert len(mails(REPLIED)) == 1


def test_an_account_takes_over_what_its_guest_is_to_hear(said):
    guest = Participant.objects.create(guest_digest=guests.digest("two@example.org"))
    account = somebody("two@example.org")
    Contribution.objects.filter(pk=said.pk).update(participant=guest)
    said.refresh_from_db()
    first, second = shown(reply_to(said)), shown(reply_to(said))
    Notice.objects.create(participant=account, consultation=said.consultation, reply=first)

    guests.claim(account.resident)

    told = Notice.objects.order_by("reply").values_list("participant", "reply")
    assert list(told) == [(account.pk, first.pk), (account.pk, second.pk)]
    assert tell_of_replies() == 1


def test_the_copy_of_ones_data_tells_of_a_reply_and_not_what_it_says(said):
    reply = shown(reply_to(said))

    told = {section.key: section for section in everything_about(said.participant)}

    (row,) = told["following.notice"].rows
    assert reply.pk in [cell.value for cell in row]
    assert reply.text not in repr(row)
