"""Who is behind a promise hears what it delivered: milestones, readings, the signed verdict."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.following.delivered import watch_deliveries
from consultations.following.models import DeliveryStep, Notice
from consultations.following.services import begin_here, stop
from consultations.following.telling import tell_of_deliveries
from consultations.reviews.models import CommitmentReview
from consultations.roadmap.delivery.models import Milestone, Reading
from consultations.roadmap.models import RoadmapPage
from tests.factories.cities import city_pair
from tests.factories.delivery import DAY, make_indicator, make_milestone, make_reading
from tests.factories.following import mails, promise_of, somebody, words_to
from tests.factories.reviews import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

KIND = "promises_delivered"


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch):
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def an_hour_later():
    """Let what is new stand for an hour, and the clock look and tell; to how many."""
    watch_deliveries()
    DeliveryStep.objects.settling().update(noticed_at=timezone.now() - timedelta(hours=1))
    watch_deliveries()
    return tell_of_deliveries()


def days_pass(days):
    for notice in Notice.objects.exclude(told_at=None):
        notice.told_at -= timedelta(days=days)
        notice.save()


def planned(*people, **fields):
    """A milestone that the people behind its promise know as planned."""
    milestone = make_milestone(promise_of(*people), planned_on=date(2031, 5, 1), **fields)
    watch_deliveries()
    return milestone


def change(milestone, **fields):
    Milestone.objects.filter(pk=milestone.pk).update(**fields)


@pytest.mark.both
def test_a_milestone_that_is_reached_is_told_once_in_each_ones_language():
    milestone = planned(somebody(language_code="es"), somebody("ben@example.org"))
    planned_only = an_hour_later()

    change(milestone, reached_on=date(2026, 5, 3))
    told = [an_hour_later(), an_hour_later()]
    days_pass(9)

    assert (planned_only, told, an_hour_later()) == (0, [2, 0], 0)
    assert mails(KIND) == [("ana@example.org", "es"), ("ben@example.org", "en")]
    letter = words_to("ben@example.org")
    assert "Milestone reached: Tender, Alder Bay, on 3 May 2026." in letter
    assert "Get no more mails like this one" in letter


def test_a_later_day_is_told_and_an_earlier_one_is_not():
    milestone = planned(somebody())

    change(milestone, planned_on=date(2031, 4, 1))
    earlier = an_hour_later()
    change(milestone, planned_on=date(2031, 6, 1))

    assert (earlier, an_hour_later()) == (0, 1)
    sentence = "Milestone later than planned: Tender, Alder Bay, now 1 June 2031, before 1 April"
    assert sentence in words_to("ana@example.org")


def test_what_is_taken_back_within_the_hour_mails_nobody():
    milestone = planned(somebody())
    change(milestone, reached_on=date(2026, 5, 3))
    watch_deliveries()
    settling = DeliveryStep.objects.settling().count()

    change(milestone, reached_on=None)

    assert (settling, an_hour_later()) == (1, 0)
    assert not DeliveryStep.objects.settling().exists()


def test_readings_are_told_together_at_most_once_a_week():
    indicator = make_indicator(promise_of(somebody()))
    make_reading(indicator, value=4)
    first = an_hour_later()
    make_reading(indicator, value=3, read_on=DAY - timedelta(days=30))
    make_reading(indicator, value=2, city=city_pair()[1])
    days_pass(6)
    early = an_hour_later()
    days_pass(1)

    assert (first, early, an_hour_later()) == (1, 0, 1)
    letter = words_to("ana@example.org")
    assert letter.count("New reading: Wait for a permit") == 2
    assert "2 days, Puerto Almendro" in letter


def test_a_corrected_figure_or_one_typed_anew_is_not_told_again():
    indicator = make_indicator(promise_of(somebody()))
    reading = make_reading(indicator, value=4)
    first = an_hour_later()
    days_pass(9)
    Reading.objects.filter(pk=reading.pk).update(value=5)
    corrected = an_hour_later()
    reading.delete()
    make_reading(indicator, value=6)

    assert (first, corrected, an_hour_later()) == (1, 0, 0)


def test_a_milestone_comes_the_next_day_and_does_not_wait_a_week_as_readings_do():
    milestone = planned(somebody())
    make_reading(make_indicator(milestone.commitment))
    first = an_hour_later()
    change(milestone, reached_on=date(2026, 5, 3))
    make_reading(make_indicator(milestone.commitment))
    same_day = an_hour_later()
    days_pass(1)

    assert (first, same_day, an_hour_later()) == (1, 0, 1)
    letter = words_to("ana@example.org")
    assert "Milestone reached" in letter
    assert "New reading" not in letter


def test_several_promises_wherever_one_took_part_are_one_mail():
    ana = somebody()
    first, second = planned(ana), planned(ana)

    Milestone.objects.update(reached_on=date(2026, 5, 3))
    told = an_hour_later()

    assert first.commitment != second.commitment
    assert told == 1
    assert words_to(ana.email).count("Milestone reached") == 2


def test_the_verdict_is_told_once_every_city_has_signed():
    promise = promise_of(somebody())
    review = make_draft(promise.roadmap, verdict="partly_kept")
    draft = an_hour_later()

    type(review).objects.update(signed_at=timezone.now())

    assert (draft, an_hour_later(), an_hour_later()) == (0, 1, 0)
    assert "Partly kept. As planned." in words_to("ana@example.org")
    assert CommitmentReview.objects.count() == 1


def test_nobody_hears_of_a_draft_who_stopped_or_who_is_not_behind_it():
    ana, other = somebody(), somebody("other@example.org")
    milestone = planned(ana)
    stop(ana)
    RoadmapPage.objects.update(live=False)
    change(milestone, reached_on=date(2026, 5, 3))
    draft = an_hour_later()
    RoadmapPage.objects.update(live=True)

    assert (draft, an_hour_later()) == (0, 0)
    assert other.email not in dict(mails(KIND))


@pytest.mark.both
@pytest.mark.parametrize("begin", ["the migration", "the demo"])
def test_of_what_is_old_nobody_hears(begin):
    promise = promise_of(somebody())
    make_milestone(promise, reached_on=DAY)
    make_reading(make_indicator(promise))
    review = make_draft(promise.roadmap)
    type(review).objects.update(signed_at=timezone.now())
    if begin == "the demo":
        begin_here()
    else:
        step = "consultations.following.migrations.0005_what_was_delivered_is_old"
        import_module(step).begin(apps, None)

    assert an_hour_later() == 0
    assert DeliveryStep.objects.count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_looking_costs_the_same_for_any_number_of_milestones(number):
    promise = promise_of(somebody())
    for _number in range(number):
        make_milestone(promise)
    watch_deliveries()

    with CaptureQueriesContext(connection) as asked:
        watch_deliveries()

    assert len(asked) == 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.both
def test_two_clocks_at_once_tell_everybody_once(run_in_threads):
    milestone = planned(somebody(), somebody("ben@example.org"))
    change(milestone, reached_on=date(2026, 5, 3))
    watch_deliveries()
    DeliveryStep.objects.settling().update(noticed_at=timezone.now() - timedelta(hours=1))

    def tick(number):
        watch_deliveries()
        return tell_of_deliveries()

    told = run_in_threads(tick, times=2)

    assert sum(told) == 2
    assert len(mails(KIND)) == 2
