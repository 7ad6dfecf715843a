"""Who is behind a promise hears of each step: once, in their language, after an hour."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.following import watching
from consultations.following.models import Notice, PromiseStep
from consultations.following.services import begin_here, resume, stop
from consultations.following.telling import tell_of_promises
from consultations.following.watching import watch
from consultations.models import AnsweredMark, Statement
from consultations.roadmap.models import RoadmapPage
from partnership.outbox.models import OutgoingMail
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    make_consultation,
    make_participant,
    make_question,
)
from tests.factories.following import (
    an_hour_later,
    known_promise,
    mails,
    move,
    promise_of,
    somebody,
    voted_statement,
    words_to,
)
from tests.factories.reviews import make_review
from tests.factories.roadmap import cite, make_commitment, make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

MOVED = "promises_moved"


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


# What is told --------------------------------------------------------------------------------


@pytest.mark.both
def test_a_promise_that_becomes_public_is_told_once_to_everybody_behind_it_in_their_language():
    ana, ben = somebody(language_code="es"), somebody("ben@example.org", language_code="en")
    make_participant()
    promise_of(ana, ben, due_on=date(2031, 5, 1))

    watch()
    told = [an_hour_later(), an_hour_later()]

    assert told == [2, 0]
    assert mails(MOVED) == [("ana@example.org", "es"), ("ben@example.org", "en")]
    assert "- A promise (" in words_to("ben@example.org")
    assert "new. Planned, due on 1 May 2031." in words_to("ben@example.org")
    assert "/es/" in words_to("ana@example.org")


STEPS = (
    ({"status": "in_progress"}, "Under way. Before: Planned."),
    ({"status": "completed", "finished_on": date(2026, 5, 1)}, "Done. Before: Planned."),
    ({"status": "cancelled"}, "Stopped. Before: Planned."),
    ({"status": "suspended"}, "Suspended. Before: Planned."),
    ({"status": "continued"}, "Carried over. Before: Planned."),
    ({"due_on": date(2032, 2, 3)}, "New day: 3 February 2032. Before: 1 May 2031."),
)


def test_every_step_is_told_in_words():
    promise = known_promise(somebody(), due_on=date(2031, 5, 1))

    for fields, words in STEPS:
        with transaction.atomic():
            move(promise, **fields)
            told = [an_hour_later(), an_hour_later()]

            assert told == [1, 0], words
            assert words in words_to("ana@example.org")
            transaction.set_rollback(True)


def test_that_a_promise_is_carried_over_is_told_by_the_mail_of_the_signed_review_alone():
    city_pair()
    promise = known_promise(somebody(), due_on=date(2031, 5, 1))

    make_review(promise.roadmap, verdict="carried_over")

    assert an_hour_later() == 0
    assert PromiseStep.objects.told().last().status == "continued"
    move(promise, due_on=date(2032, 2, 3))
    assert an_hour_later() == 1
    assert "Before: 1 May 2031." in words_to("ana@example.org")


def test_it_waits_for_the_morning_of_whoever_hears(settings):
    settings.WAKING_HOURS = (0, 0)  # it is night everywhere
    promise = known_promise(somebody())

    move(promise, status="in_progress")

    assert an_hour_later() == 1
    assert OutgoingMail.objects.get().next_attempt_at > timezone.now()


def test_a_change_that_is_no_step_mails_nobody():
    promise = known_promise(somebody())

    move(promise, planned=1000, number=9)

    assert an_hour_later() == 0


def test_a_change_is_told_only_after_it_has_stood_for_an_hour():
    promise = known_promise(somebody())

    move(promise, status="in_progress")
    watch()
    at_once = tell_of_promises()
    nearly = timezone.now() - timedelta(minutes=59)
    PromiseStep.objects.settling().update(noticed_at=nearly)
    watch()

    assert (at_once, tell_of_promises()) == (0, 0)
    assert an_hour_later() == 1


def test_a_slip_of_the_finger_mails_nobody():
    promise = known_promise(somebody())

    move(promise, status="cancelled")
    move(promise, status="agreed")

    assert an_hour_later() == 0
    assert not PromiseStep.objects.settling().exists()


def test_a_second_thought_begins_the_hour_anew():
    promise = known_promise(somebody())
    move(promise, status="cancelled")
    PromiseStep.objects.settling().update(noticed_at=timezone.now() - timedelta(minutes=59))

    move(promise, status="suspended")

    (settling,) = PromiseStep.objects.settling()
    assert settling.noticed_at > timezone.now() - timedelta(minutes=1)
    assert an_hour_later() == 1
    assert "Suspended. Before: Planned." in words_to("ana@example.org")


def test_several_promises_that_moved_are_one_mail():
    ana = somebody()
    first = known_promise(ana, title="One form")
    second = make_commitment(title="More benches")
    cite(second, statement=Statement.objects.get())
    watch()
    an_hour_later()
    OutgoingMail.objects.all().delete()

    move(first, status="in_progress")
    PromiseStep.objects.settling().update(noticed_at=timezone.now() - timedelta(hours=2))
    move(second, status="cancelled")  # while the first one has stood for long
    early = tell_of_promises()
    told = an_hour_later()

    assert (early, told) == (0, 1)
    letter = words_to(ana.email)
    assert "- One form (" in letter
    assert "- More benches (" in letter
    assert OutgoingMail.objects.get().subject == "Two promises have moved: One form and one more"


# Who is told ---------------------------------------------------------------------------------


def test_authors_voters_and_who_answered_hear_and_of_a_whole_consultation_everybody():
    consultation = make_consultation()
    author, voter, other = (make_participant() for _number in range(3))
    comment = ContributionFactory(consultation=consultation, participant=author)
    statement = voted_statement(voter, consultation=consultation)
    voted_statement(other, consultation=consultation)
    promise = make_commitment()
    cite(promise, contribution=comment)
    cite(promise, statement=statement)

    watch()
    an_hour_later()

    assert {to for to, _code in mails(MOVED)} == {author.email, voter.email}

    cite(promise, consultation=consultation)
    watch()
    told = an_hour_later()

    assert told == 1
    assert mails(MOVED)[-1][0] == other.email or other.email in dict(mails(MOVED))


def test_who_is_cited_later_hears_of_it_and_who_was_told_does_not_again():
    first, second = somebody("first@example.org"), somebody("second@example.org")
    promise = known_promise(first)

    cite(promise, statement=voted_statement(first, second))
    watch()
    told = [an_hour_later(), an_hour_later()]

    assert told == [1, 0]
    assert mails(MOVED) == [("second@example.org", "en")]


def test_of_anonymous_answers_only_that_somebody_took_part_is_used():
    consultation = make_consultation(is_anonymous=True)
    answered, other = somebody(), make_participant()
    AnsweredMark.objects.create(consultation=consultation, participant=answered)
    promise = make_commitment()
    cite(promise, question=make_question(consultation))

    watch()

    assert an_hour_later() == 1
    assert mails(MOVED) == [(answered.email, "en")]
    assert other.email not in dict(mails(MOVED))
    assert "question" not in words_to(answered.email).lower()


def test_nobody_hears_of_a_draft_or_of_words_that_were_hidden():
    RoadmapPage.objects.filter(pk=make_roadmap().pk).update(live=False)
    promise = promise_of(somebody())
    watch()
    draft = an_hour_later()
    RoadmapPage.objects.update(live=True)
    Statement.objects.update(publication_status="hidden")
    watch()
    hidden = an_hour_later()
    Statement.objects.update(publication_status="published")
    watch()

    assert (draft, hidden, an_hour_later()) == (0, 0, 1)
    assert Notice.objects.get().step.commitment == promise


def test_a_change_that_was_taken_down_before_it_was_told_is_forgotten():
    promise = known_promise(somebody())
    move(promise, status="cancelled")
    RoadmapPage.objects.update(live=False)

    watch()

    assert not PromiseStep.objects.settling().exists()


def test_who_stopped_is_not_told_and_not_of_what_was_missed_either():
    ana = somebody()
    promise = known_promise(ana)
    stop(ana, consultation=Statement.objects.get().consultation)
    move(promise, status="in_progress")
    missed = an_hour_later()

    resume(ana, consultation=Statement.objects.get().consultation)
    again = tell_of_promises()
    move(promise, status="cancelled")

    assert (missed, again, an_hour_later()) == (0, 0, 1)


def test_who_stops_when_already_on_the_list_is_not_told():
    ana = somebody()
    promise = known_promise(ana)
    move(promise, status="in_progress")
    PromiseStep.objects.settling().update(noticed_at=timezone.now() - timedelta(hours=2))
    watch()
    listed = Notice.objects.waiting().count()

    stop(ana)

    assert (listed, tell_of_promises()) == (1, 0)


# Once, and quickly ---------------------------------------------------------------------------


def test_a_clock_that_was_stopped_half_way_leaves_nobody_out_and_tells_nobody_twice(monkeypatch):
    people = [make_participant() for _number in range(5)]
    promise = known_promise(*people)
    move(promise, status="in_progress")
    PromiseStep.objects.settling().update(noticed_at=timezone.now() - timedelta(hours=2))
    monkeypatch.setattr("consultations.following.people.LISTED_AT_ONCE", 2)
    write, written = Notice.objects.bulk_create, []

    def stopped(rows, **options):
        if written:
            raise KeyboardInterrupt
        written.append(write(rows, **options))

    with monkeypatch.context() as stopping:
        stopping.setattr(watching.Notice.objects, "bulk_create", stopped)
        with pytest.raises(KeyboardInterrupt):
            watch()
    half = tell_of_promises()

    assert half == 0
    assert an_hour_later() == 5
    assert len(mails(MOVED)) == 5


def test_a_tick_writes_so_many_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr("consultations.following.telling.TOLD_AT_ONCE", 2)
    promise_of(*(make_participant() for _number in range(3)))
    watch()

    assert [an_hour_later(), tell_of_promises(), tell_of_promises()] == [2, 1, 0]


@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_the_same_for_any_number_of_promises(number):
    ana = somebody()
    for _number in range(number):
        known_promise(ana)

    with CaptureQueriesContext(connection) as asked:
        watch()

    assert len(asked) == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_clocks_at_once_tell_everybody_once(run_in_threads):
    promise_of(*(make_participant() for _number in range(4)))
    watch()
    PromiseStep.objects.settling().update(noticed_at=timezone.now() - timedelta(hours=2))

    def tick(number):
        watch()
        return tell_of_promises()

    told = run_in_threads(tick, times=2)

    assert sum(told) == 4
    assert len(mails(MOVED)) == 4


# What is old ---------------------------------------------------------------------------------


@pytest.mark.both
@pytest.mark.parametrize("begin", ["the migration", "the demo"])
def test_nobody_is_told_of_what_is_old_and_everybody_of_what_comes(begin):
    promise = promise_of(somebody())
    if begin == "the demo":
        begin_here()
    else:
        step = "consultations.following.migrations.0002_what_is_known_is_old"
        import_module(step).begin(apps, None)
    watch()
    old = an_hour_later()

    move(promise, status="in_progress")

    assert (old, an_hour_later()) == (0, 1)
