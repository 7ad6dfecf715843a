"""What is true of risks, ratings and plans."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations.risks.enums import Band
from consultations.risks.models import ContingencyPlan, Risk, years_after
from consultations.risks.services import keep_rating
from tests.factories.drills import make_drill
from tests.factories.risks import make_plan, make_risk, rated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("score", "band"), [(1, "low"), (4, "low"), (5, "medium"), (10, "high"), (14, "high")]
)
def test_a_score_lies_in_one_band(score, band):
    assert Band.of(score) == band
    assert Band.of(15) == Band.of(25) == "grave"


def test_both_scores_are_likelihood_times_impact():
    risk = make_risk(**rated(5, 4, 2, 3))

    assert (risk.score, risk.band, risk.residual_score, risk.residual_band) == (
        *(20, Band.GRAVE),
        *(6, Band.MEDIUM),
    )


@pytest.mark.both
@pytest.mark.parametrize("levels", [(6, 1, 1, 1), (0, 1, 0, 1), (2, 2, 3, 1), (2, 2, 1, 3)])
def test_no_level_is_outside_of_the_scale_or_raised_by_a_measure(levels):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_risk(**rated(*levels))


@pytest.mark.both
def test_the_gravest_comes_first_by_what_is_left_of_it():
    small = make_risk(**rated(5, 5, 1, 2))
    great = make_risk(**rated(3, 3, 3, 3))
    greater = make_risk(**rated(5, 5, 3, 3))

    assert list(Risk.objects.gravest_first()) == [greater, great, small]


@pytest.mark.both
def test_grave_before_or_after_the_measures_is_grave():
    before = make_risk(**rated(3, 5, 1, 1))
    make_risk(**rated(2, 5, 2, 5))

    assert list(Risk.objects.grave()) == [before]


# Ratings -----------------------------------------------------------------------------------


def test_every_rating_with_other_numbers_is_kept_with_its_reason():
    risk = make_risk(**rated(4, 4, 4, 4))
    keep_rating(risk)

    risk.residual_likelihood, risk.reason_en, risk.reason_es = 2, "A gate.", "Una compuerta."
    risk.save()
    keep_rating(risk)

    newest, oldest = risk.ratings.all()
    assert (oldest.residual_score, oldest.reason_en) == (16, "Twice a year.")
    assert (newest.residual_score, newest.reason_es) == (8, "Una compuerta.")
    assert newest.rated_on == timezone.localdate()


def test_the_same_numbers_in_better_words_are_no_new_rating():
    risk = make_risk()
    keep_rating(risk)

    risk.reason_en = "Three times a year."
    risk.save()
    keep_rating(risk)

    assert risk.ratings.get().reason_en == "Three times a year."


# Plans -------------------------------------------------------------------------------------


def test_a_plan_was_exercised_on_the_day_of_its_drill_once_that_is_over():
    now = timezone.now()
    plan = make_plan(make_risk(), exercised_on=date(2020, 5, 1))
    plan.drill = make_drill(starts_at=now + timedelta(days=3), ends_at=now + timedelta(days=4))

    assert plan.last_exercised_on == date(2020, 5, 1)
    plan.drill.ends_at = now - timedelta(days=30)
    assert plan.last_exercised_on == (now - timedelta(days=30)).astimezone(plan.drill.zone).date()
    plan.exercised_on = timezone.localdate()
    assert plan.last_exercised_on == timezone.localdate()


@pytest.mark.parametrize(
    "fields", [{"event_status": "cancelled"}, {"event_status": "postponed"}, {"live": False}]
)
def test_a_drill_that_did_not_take_place_exercises_nothing(fields):
    ended = timezone.now() - timedelta(days=3)
    drill = make_drill(starts_at=ended, **fields)

    assert make_plan(make_risk(), drill=drill).last_exercised_on is None
    assert ContingencyPlan().counts_until is None


def test_an_exercise_counts_for_two_years():
    assert years_after(date(2025, 3, 9), 2) == date(2027, 3, 9)
    assert years_after(date(2024, 2, 29), 2) == date(2026, 3, 1)
