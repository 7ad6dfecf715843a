"""A year that is long over and has no signed review is a concern."""

from datetime import date

import pytest

from consultations.reviews.overdue import CHECK
from consultations.roadmap.models import RoadmapPage
from partnership import continuity
from tests.factories.promises import YEAR
from tests.factories.reviews import make_draft, make_review
from tests.factories.roadmap import make_roadmap

pytestmark = [pytest.mark.django_db, pytest.mark.both]
#: 60 days after the end of last year, and a day more.
LAST_DAY = date.fromordinal(date(YEAR - 1, 12, 31).toordinal() + 60)
TOO_LATE = date.fromordinal(LAST_DAY.toordinal() + 1)


def test_it_is_asked_with_the_others_and_only_when_the_time_is_over(roadmap, cities):
    assert "reviews.signed" in [check.name for check in continuity.checks()]
    assert list(CHECK.find(LAST_DAY)) == []

    (concern,) = CHECK.find(TOO_LATE)

    assert concern.words == f"The review of the year {YEAR - 1} is not signed by every city."
    assert concern.edit_url == f"/admin/annual_reviews/new/?roadmap={roadmap.pk}"
    assert (concern.due, concern.cities) == (LAST_DAY, cities)
    RoadmapPage.objects.update(live=False)
    assert list(CHECK.find(TOO_LATE)) == []


def test_a_draft_is_still_one_and_a_signed_review_is_none(roadmap, promise):
    review = make_draft(roadmap)

    (concern,) = CHECK.find(TOO_LATE)

    assert concern.edit_url == f"/admin/annual_reviews/edit/{review.pk}/"
    review.delete()
    make_review(roadmap)
    assert list(CHECK.find(TOO_LATE)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_any_number(cities, django_assert_num_queries, number):
    for back in range(1, number + 1):
        make_roadmap(YEAR - back, cities=list(cities))

    with django_assert_num_queries(3):
        found = list(CHECK.find(TOO_LATE))

    assert len(found) == number
