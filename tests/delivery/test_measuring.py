"""Indicators, readings and milestones: what is true of them, and what is overdue."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from consultations.roadmap.delivery.models import Milestone, Reading
from consultations.roadmap.delivery.presenting import lag_in_words, share_of_year
from consultations.roadmap.models import Commitment, RoadmapPage
from partnership import continuity
from tests.factories.cities import city_pair
from tests.factories.delivery import (
    DAY,
    make_indicator,
    make_line,
    make_milestone,
    make_reading,
)
from tests.factories.roadmap import in_every_language, make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 12)


def told(name: str, today: date = TODAY) -> list[tuple[str, date | None, list[str]]]:
    """What a check says, with the day it was due and whose it is."""
    found = {check.name: each for check, each in continuity.concerns(today).items()}
    return [
        (concern.words, concern.due, [city.code for city in concern.cities])
        for concern in found.get(name, ())
    ]


def done(**fields: Any) -> Commitment:
    return make_commitment(status="completed", finished_on=DAY, **fields)


@pytest.mark.parametrize(
    ("planned", "reached", "lag", "words"),
    [
        (TODAY, None, None, "To come"),
        (TODAY - timedelta(1), None, 1, "1 day late so far"),
        (TODAY - timedelta(9), TODAY - timedelta(2), 7, "Reached on 10 May 2026, 7 days late"),
        (TODAY - timedelta(9), TODAY - timedelta(8), 1, "Reached on 4 May 2026, 1 day late"),
        (TODAY, TODAY, 0, "Reached on 12 May 2026, as planned"),
        (TODAY, TODAY - timedelta(3), -3, "Reached on 9 May 2026, 3 days early"),
    ],
)
def test_the_lag_of_a_milestone_is_counted_in_days(
    planned: date, reached: date | None, lag: int | None, words: str
) -> None:
    milestone = Milestone(planned_on=planned, reached_on=reached)

    assert milestone.lag_on(TODAY) == lag
    assert lag_in_words(milestone, TODAY) == words


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2026, 1, 1), 0),
        (date(2026, 12, 31), 100),
        (date(2025, 5, 1), 0),
        (date(2027, 1, 1), 100),
    ],
)
def test_days_of_other_years_stand_at_the_ends_of_the_year(day: date, share: float) -> None:
    assert share_of_year(day, 2026) == share
    assert share_of_year(None, 2026) is None


@pytest.mark.both
def test_a_city_has_one_reading_of_an_indicator_a_day() -> None:
    indicator = make_indicator(None, 4)
    make_reading(indicator, city=city_pair()[1])

    with pytest.raises(IntegrityError), transaction.atomic():
        make_reading(indicator)


@pytest.mark.parametrize(
    "thing",
    [
        Reading(value=1, read_on=date(2999, 1, 1)),
        Milestone(planned_on=DAY, reached_on=date(2999, 1, 1)),
    ],
)
def test_nothing_was_measured_or_reached_on_a_day_to_come(thing: Any) -> None:
    with pytest.raises(ValidationError, match="This day has not come yet"):
        thing.clean()


# What is overdue -------------------------------------------------------------------------------


@pytest.mark.both
def test_milestones_late_by_thirty_days_are_told() -> None:
    promise = make_commitment(make_roadmap(2026), title="A ramp")
    make_milestone(promise, planned_on=TODAY - timedelta(30))
    make_milestone(promise, planned_on=TODAY - timedelta(99), reached_on=TODAY)
    late = TODAY - timedelta(31)
    make_milestone(promise, planned_on=late, city=city_pair()[1])

    words = "2026, 1. A ramp: “Tender” in Puerto Almendro has not been reached."
    assert told("milestones.reached") == [(words, late, ["puerto"])]


@pytest.mark.parametrize("state", ["completed", "cancelled", "proposed", "draft"])
def test_nobody_waits_for_milestones_of_what_has_ended_or_is_no_promise(state: str) -> None:
    make_milestone(make_commitment(make_roadmap(2026)), planned_on=date(2026, 1, 1))
    if state == "draft":
        RoadmapPage.objects.update(live=False)
    else:
        Commitment.objects.update(status=state, finished_on=DAY)

    assert told("milestones.reached") == []


@pytest.mark.both
def test_what_is_done_and_neither_measured_nor_explained_is_told() -> None:
    make_roadmap(2026)
    done(title="A ramp")
    make_indicator(done(), 4)
    done(**in_every_language(not_measured="It is there or it is not."))
    make_indicator(make_commitment())

    words = "2026, 1. A ramp is done: add a reading, or say why it cannot be measured."
    assert told("commitments.measured") == [(words, DAY, ["alder"])]


@pytest.mark.both
def test_what_cost_more_than_was_planned_is_told() -> None:
    make_roadmap(2026)
    make_line(make_commitment(title="A ramp"), spent=Decimal("100.01"))
    make_line(make_commitment(), spent=Decimal(100))
    make_commitment(title="A pier", planned=5, spent=6)
    make_commitment(planned=5, spent=5)

    assert [words for words, _due, _cities in told("commitments.money")] == [
        "2026, 1. A ramp has cost more than was planned.",
        "2026, 3. A pier has cost more than was planned.",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_what_is_overdue_is_found_in_the_same_number_of_queries(
    number: int, django_assert_num_queries: Any
) -> None:
    roadmap = make_roadmap(2026)
    for _each in range(number):
        make_milestone(make_commitment(roadmap), planned_on=date(2026, 1, 1))
        make_line(done(), spent=Decimal(200))
    names = {"milestones.reached", "commitments.measured", "commitments.money"}
    mine = [each for each in continuity.checks() if each.name in names]

    with django_assert_num_queries(5):
        found = [concern for check in mine for concern in check.find(TODAY)]

    assert len(found) == 3 * number
