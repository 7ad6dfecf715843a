"""Everybody who took part is told, once, when the cities' answers are published."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from consultations.following.links import stop_path
from consultations.following.models import Stop
from consultations.following.people import guests_to_write_to
from consultations.following.services import begin_here, stop
from consultations.models import AnsweredMark, ConsultationPage, PersonTakingPart
from consultations.official.models import AnswerSheet, AnswerWish
from consultations.official.services import list_everybody, tell_everybody, wish_to_hear
from consultations.services import vote
from partnership.outbox.models import OutgoingMail
from partnership.people import guests
from partnership.people.copies import everything_about
from partnership.people.models import GuestContact, Participant
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)
from tests.factories.following import mails, somebody, voted_statement
from tests.factories.official import make_answer, sign_and_publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

ANSWERED = "consultation_answered"


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


@pytest.fixture
def consultation():
    return make_consultation(participation="open")


def close(consultation: ConsultationPage, *, ago: timedelta = timedelta(hours=1)) -> None:
    ConsultationPage.objects.filter(pk=consultation.pk).update(
        opens_at=timezone.now() - ago - timedelta(days=9), closes_at=timezone.now() - ago
    )


def publish(consultation: ConsultationPage) -> None:
    answer = make_answer(consultation, statement=StatementFactory(consultation=consultation))
    sign_and_publish(answer.sheet)


def guest(email: str = "guest@example.org", **told: Any) -> Participant:
    alder, _puerto = city_pair()
    details = {"name": "Gus Roe", "city": alder, "language_code": "es", **told}
    return guests.recognise(guests.GuestDetails(email=email, **details))


@pytest.mark.both
def test_who_voted_commented_or_proposed_is_told_in_their_language_guests_too(consultation):
    voter, author = somebody("voter@example.org"), somebody("author@example.org")
    proposer, _other = somebody("proposer@example.org"), make_participant()
    voted_statement(voter, guest(), consultation=consultation)
    ContributionFactory(consultation=consultation, participant=author)
    StatementFactory(consultation=consultation, participant=proposer)
    publish(consultation)
    early = tell_everybody()
    close(consultation)

    told = [tell_everybody(), tell_everybody()]

    assert (early, told) == (0, [4, 0])
    assert mails(ANSWERED) == [
        ("author@example.org", "en"),
        ("guest@example.org", "es"),
        ("proposer@example.org", "en"),
        ("voter@example.org", "en"),
    ]


def test_who_took_part_and_asked_too_is_told_once_and_each_why(consultation):
    both, only_asked, took_part = (somebody(f"{name}@example.org") for name in "abc")
    voted_statement(both, took_part, consultation=consultation)
    for each in (both, only_asked):
        wish_to_hear(consultation, participant=each)
    close(consultation)
    publish(consultation)

    told = tell_everybody()

    texts = dict(OutgoingMail.objects.filter(kind=ANSWERED).values_list("to", "text"))
    assert told == len(texts) == 3
    assert "because you asked" in texts[both.email]
    assert "because you asked" in texts[only_asked.email]
    assert "because you took part" in texts[took_part.email]


@pytest.mark.parametrize("status", ["hidden", "withdrawn"])
def test_whose_only_words_were_taken_down_is_not_written_to(consultation, status):
    ContributionFactory(consultation=consultation, publication_status=status)
    close(consultation)
    publish(consultation)

    assert tell_everybody() == 0


def test_who_stopped_or_cannot_be_reached_is_not_on_the_list(consultation):
    stopped, gone, left = somebody(), guest(), make_participant(is_active=False)
    voted_statement(stopped, gone, left, consultation=consultation)
    stop(stopped)
    GuestContact.objects.all().delete()
    close(consultation)
    publish(consultation)

    list_everybody()

    assert not AnswerWish.objects.exists()


def test_who_stops_when_already_on_the_list_is_not_told(consultation):
    ana = somebody()
    voted_statement(ana, consultation=consultation)
    close(consultation)
    publish(consultation)
    list_everybody()

    stop(ana, consultation=consultation)

    assert tell_everybody() == 0


def test_of_anonymous_answers_it_is_known_that_they_were_given_and_nothing_more():
    consultation = make_consultation(is_anonymous=True)
    ana = somebody()
    PersonTakingPart.objects.create(consultation=consultation, participant=ana)
    AnsweredMark.objects.create(consultation=consultation, participant=ana)
    close(consultation)
    publish(consultation)

    assert tell_everybody() == 1


def test_the_list_is_in_no_order_of_what_people_did(consultation):
    people = [make_participant() for _number in range(4)]
    voted_statement(*reversed(people), consultation=consultation)
    close(consultation)
    publish(consultation)

    list_everybody()

    listed = AnswerWish.objects.order_by("pk").values_list("participant", flat=True)
    assert list(listed) == [person.pk for person in people]


def test_what_was_answered_before_is_not_told(consultation):
    voted_statement(somebody(), consultation=consultation)
    close(consultation)
    publish(consultation)

    begin_here()

    assert tell_everybody() == 0


def test_listing_many_is_done_in_short_transactions(consultation, monkeypatch):
    monkeypatch.setattr("consultations.following.people.LISTED_AT_ONCE", 2)
    voted_statement(*(make_participant() for _number in range(5)), consultation=consultation)
    close(consultation)
    publish(consultation)
    write, sizes = AnswerWish.objects.bulk_create, []

    def counting(rows, **options):
        written = write(rows, **options)
        sizes.append(len(written))
        return written

    monkeypatch.setattr(AnswerWish.objects, "bulk_create", counting)
    tell_everybody()

    assert sizes == [2, 2, 1]
    assert len(mails(ANSWERED)) == 5


# The addresses of guests ---------------------------------------------------------------------


def much_later() -> int:
    """What is promised for a day is over: forget what nobody needs."""
    GuestContact.objects.update(keep_until=timezone.now() - timedelta(seconds=1))
    return guests.forget_contacts()


def test_a_guests_address_is_kept_until_a_year_after_the_close(consultation):
    voted_statement(guest(), consultation=consultation)
    open_now = much_later()
    close(consultation, ago=timedelta(days=364))
    nearly_a_year = much_later()
    close(consultation, ago=timedelta(days=366))

    assert (open_now, nearly_a_year, much_later()) == (0, 0, 1)


@pytest.mark.parametrize("everywhere", [True, False])
def test_who_stopped_the_mails_needs_no_address_kept(consultation, everywhere):
    gus = guest()
    voted_statement(gus, consultation=consultation)

    stop(gus, consultation=None if everywhere else consultation)

    assert much_later() == 1


def test_a_stop_elsewhere_keeps_the_address_where_it_is_needed(consultation):
    gus = guest()
    voted_statement(gus, consultation=consultation)

    stop(gus, consultation=make_consultation())

    assert list(guests_to_write_to()) == [{"pk": gus.pk}]


# Theirs --------------------------------------------------------------------------------------


@pytest.mark.both
def test_an_account_takes_over_what_its_guest_stopped(consultation):
    gus, account = guest("one@example.org"), somebody("one@example.org")
    for each in (gus, account):
        stop(each, consultation=consultation)
    stop(gus)
    vote(StatementFactory(consultation=consultation), participant=gus, choice="agree")

    guests.claim(account.resident)

    kept = Stop.objects.filter(participant=account).order_by("pk")
    assert [each.consultation for each in kept] == [consultation, None]
    assert Stop.objects.count() == 2


@pytest.mark.both
def test_the_link_of_a_guests_mail_stops_those_of_the_account_that_took_over(client, consultation):
    gus, account = guest("one@example.org"), somebody("one@example.org")
    for each in (gus, account):
        vote(StatementFactory(consultation=consultation), participant=each, choice="agree")
    link = stop_path(gus.pk, consultation.pk)

    guests.claim(account.resident)
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Stop.objects.get().participant == account


def test_the_copy_of_ones_data_tells_it(consultation):
    ana = somebody()
    stop(ana)

    told = {section.key: section for section in everything_about(ana)}

    assert len(told["following.stop"].rows) == 1


def test_an_answer_that_is_changed_later_tells_nobody_again(consultation):
    voted_statement(somebody(), consultation=consultation)
    close(consultation)
    publish(consultation)
    tell_everybody()
    publish(consultation)

    assert tell_everybody() == 0
    assert AnswerSheet.objects.get().listed_at is not None
