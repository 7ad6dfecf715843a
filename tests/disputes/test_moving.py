"""A disagreement goes its way step by step, and nothing that was written is written over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from home.disputes.enums import OutcomeKind
from home.disputes.models import Dispute, DisputeStep
from home.disputes.refusals import (
    IsOver,
    LastStep,
    MovedMeanwhile,
    NoPathway,
    NotInEveryLanguage,
    NotItsCity,
    NotYoursToWithdraw,
)
from home.disputes.services import begin, move_on, pathway, settle
from tests.factories.cities import CityFactory
from tests.factories.committees import days_ago
from tests.factories.disputes import agree_on_a_way, editor_of, make_dispute, step_of, words

pytestmark = pytest.mark.django_db


def move(dispute, *, by, city, seen=None, agreed=None):
    seen = step_of(dispute).pk if seen is None else seen
    return move_on(
        dispute, by=by, city=city, seen=seen, agreed=words() if agreed is None else agreed
    )


def end(dispute, *, by, city, kind="settled", outcome=None):
    seen = dispute.steps.last().pk
    return settle(dispute, by=by, city=city, seen=seen, kind=kind, outcome=outcome or words())


def test_its_first_clock_runs_from_the_day_it_was_raised():
    step = step_of(make_dispute(raised_on=days_ago(10)))

    assert (step.stage, step.entered_on, step.deadline) == ("talk", days_ago(10), days_ago(-4))
    assert (step.days, step.day_on(days_ago(0)), step.days_over(days_ago(-6))) == (14, 10, 2)


def test_without_agreed_steps_no_clock_can_run(cities):
    dispute = Dispute.objects.create(raised_by=cities[0])

    with pytest.raises(NoPathway):
        begin(dispute)


def test_what_was_agreed_is_kept_with_city_and_moment_and_the_next_step_begins(people, cities):
    dispute = make_dispute(raised_on=days_ago(10))
    first = step_of(dispute)

    second = move(dispute, by=people.puerto, city=cities[1])

    first.refresh_from_db()
    assert (first.agreed_en, first.agreed_es) == ("Both pay half.", "Both pay half.")
    assert (first.left_by, first.left_at is not None) == (cities[1], True)
    assert first.deadline == days_ago(-4)
    assert (second.stage, second.entered_on, second.entered_by) == (
        "committee",
        dispute.today,
        cities[1],
    )
    assert second.deadline == dispute.today + timedelta(days=30)


def test_the_days_that_were_agreed_when_a_step_was_entered_stay(people, cities):
    dispute = make_dispute()
    before = step_of(dispute).deadline

    agree_on_a_way().stages.all().update(days=2)

    assert step_of(dispute).deadline == before
    assert move(dispute, by=people.alder, city=cities[0]).days == 2


def test_a_step_the_cities_have_not_agreed_on_is_left_out(people, cities):
    agree_on_a_way(review=90, talk=7)

    step = move(make_dispute(), by=people.alder, city=cities[0])

    assert (step.stage, list(pathway().items())) == ("review", [("talk", 7), ("review", 90)])


@pytest.mark.both
def test_two_presses_move_it_once(people, cities):
    dispute = make_dispute()
    seen = step_of(dispute).pk
    move(dispute, by=people.alder, city=cities[0], seen=seen)

    with pytest.raises(MovedMeanwhile):
        move(dispute, by=people.puerto, city=cities[1], seen=seen)

    assert list(dispute.steps.values_list("stage", flat=True)) == ["talk", "committee"]


def test_after_the_last_step_there_is_only_an_outcome(people, cities):
    agree_on_a_way(talk=7)

    with pytest.raises(LastStep):
        move(make_dispute(), by=people.alder, city=cities[0])


def test_nobody_moves_it_without_saying_in_every_language_what_was_agreed(people, cities):
    dispute = make_dispute()

    with pytest.raises(NotInEveryLanguage):
        move(dispute, by=people.alder, city=cities[0], agreed={**words(), "es": "  "})

    assert dispute.steps.count() == 1


def test_only_who_works_for_one_of_its_cities_moves_it_and_for_that_city(people, cities):
    dispute = make_dispute()
    third = CityFactory()

    for by, city in ((people.alder, cities[1]), (editor_of(third), third), (people.admin, third)):
        with pytest.raises(NotItsCity):
            move(dispute, by=by, city=city)


@pytest.mark.both
def test_it_is_over_at_any_step_and_then_moves_no_more(people, cities):
    dispute = make_dispute()

    over = end(dispute, by=people.alder, city=cities[0], kind="partly")

    stored = Dispute.objects.get(pk=dispute.pk)
    assert (stored.outcome_kind, stored.outcome_es, stored.settled_by) == (
        OutcomeKind.PARTLY,
        "Both pay half.",
        cities[0],
    )
    assert stored.steps.get().left_at == over.settled_at
    with pytest.raises(IsOver):
        move(dispute, by=people.alder, city=cities[0], seen=dispute.steps.get().pk)
    with pytest.raises(IsOver):
        end(dispute, by=people.puerto, city=cities[1])


def test_only_who_raised_it_withdraws_it(people, cities):
    dispute = make_dispute()

    with pytest.raises(NotYoursToWithdraw):
        end(dispute, by=people.puerto, city=cities[1], kind="withdrawn")

    assert end(dispute, by=people.alder, city=cities[0], kind="withdrawn").is_settled


@pytest.mark.both
def test_the_table_itself_lets_it_be_at_one_step_only(cities):
    dispute = make_dispute()

    with pytest.raises(IntegrityError), transaction.atomic():
        DisputeStep.objects.create(
            dispute=dispute,
            stage="review",
            entered_on=days_ago(0),
            entered_by=cities[0],
            deadline=days_ago(-1),
        )
