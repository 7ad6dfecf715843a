"""What the register says is overdue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.risks import overdue
from partnership import continuity
from tests.factories.cities import city_pair
from tests.factories.drills import make_drill
from tests.factories.people import ResidentFactory
from tests.factories.risks import make_owner, make_plan, make_risk, rated

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
GRAVE = rated(3, 5, 1, 1)


def words(find):
    return [concern.words for concern in find(TODAY)]


def test_whoever_looks_after_the_partnership_hears_of_all_three():
    names = {check.name for check in continuity.checks()}

    assert {"risks.reviewed", "risks.plans_exercised", "risks.owned"} <= names


def test_an_open_risk_is_reviewed_by_its_day():
    cities = city_pair()
    late = make_risk(review_by=YESTERDAY, cities=cities, is_published=False)
    make_risk(review_by=TODAY)
    make_risk(review_by=YESTERDAY, state="closed")

    (concern,) = overdue.reviews_overdue(TODAY)

    assert concern.words.startswith("Nobody has reviewed the risk “A storm surge” by ")
    assert (concern.due, concern.cities) == (YESTERDAY, tuple(cities))
    assert concern.edit_url == reverse("risks:edit", args=(late.pk,))


@pytest.mark.both
def test_a_grave_risk_has_a_plan():
    risk = make_risk(**GRAVE)
    make_risk("A small one", **rated(3, 4, 3, 4))
    make_risk("A closed one", state="closed", **GRAVE)

    assert words(overdue.plans_missing) == [
        "The grave risk “A storm surge” has no contingency plan."
    ]
    plan = make_plan(risk)
    (concern,) = overdue.plans_missing(TODAY)
    assert concern.words == "The contingency plan for “A storm surge” has never been exercised."
    assert concern.edit_url == reverse("contingency_plans:edit", args=(plan.pk,))


@pytest.mark.parametrize(("days", "is_late"), [(700, False), (740, True)])
def test_a_plan_is_exercised_every_two_years(days, is_late):
    make_plan(make_risk(**GRAVE), exercised_on=TODAY - timedelta(days=days))

    late = ["The contingency plan for “A storm surge” was not exercised in the last 24 months."]
    assert words(overdue.plans_missing) == (late if is_late else [])


def test_a_drill_that_is_over_is_an_exercise():
    ended = timezone.now() - timedelta(days=40)
    make_plan(make_risk(**GRAVE), drill=make_drill(starts_at=ended))

    assert words(overdue.plans_missing) == []


def test_somebody_answers_for_a_risk_in_each_of_its_cities():
    alder, puerto = city_pair()
    risk = make_risk(cities=[alder, puerto])
    owner = make_owner(risk, alder, person=ResidentFactory(is_staff=True))

    (concern,) = overdue.owners_missing(TODAY)
    assert concern.words == "Nobody in Puerto Almendro answers for the risk “A storm surge”."
    assert concern.cities == (puerto,)

    make_owner(risk, puerto, person=ResidentFactory(is_staff=True))
    assert words(overdue.owners_missing) == []
    owner.person.is_active = False
    owner.person.save()
    assert words(overdue.owners_missing) == [
        "Nobody in Alder Bay answers for the risk “A storm surge”."
    ]
    owner.person.delete()
    assert len(words(overdue.owners_missing)) == 1


@pytest.mark.parametrize("number", [1, 4])
def test_the_checks_cost_the_same_for_one_risk_and_for_four(number, django_assert_num_queries):
    for _each in range(number):
        risk = make_risk(review_by=YESTERDAY, cities=city_pair(), **GRAVE)
        make_owner(risk, person=ResidentFactory(is_staff=True))
        ended = timezone.now() - timedelta(days=900)
        make_plan(risk, drill=make_drill(starts_at=ended))

    with django_assert_num_queries(8):
        found = [list(find(TODAY)) for find in (check.find for check in overdue.CHECKS)]

    assert [len(each) for each in found] == [number] * 3
