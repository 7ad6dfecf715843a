"""What a city is shown when a page was changed after it had signed."""

import pytest
from django.test import RequestFactory

from partnership.review.presenting import steps_of, version_signed_before, what_is_new
from tests.review.conftest import review_of, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(send, people):
    """A page that Alder Bay has signed, and Puerto Almendro has changed since."""
    page = send(people.alder)
    draft = type(page).objects.get(pk=page.pk)
    draft.title_en = "The old harbour"
    draft.save_revision(user=people.puerto)
    return page


def test_a_city_has_to_read_again_what_was_changed_since(changed):
    steps = steps_of(review_of(changed))

    assert [step.state for step in steps] == [
        "Has to read it again: it was changed since",
        "Is asked now",
    ]


def test_it_is_shown_what_it_signed_itself_and_no_other_citys_version(changed, people):
    assert version_signed_before(review_of(changed)) is None

    sign(changed, people.puerto)

    review = review_of(changed)
    assert version_signed_before(review).title_en == "The harbour"
    draft = changed.get_latest_revision_as_object()
    since, _rows, has_choice = what_is_new(review, draft, RequestFactory().get("/"))
    assert (since, has_choice) == ("signed", True)


def test_the_newest_version_is_not_told_against_itself(send, people):
    page = send(people.alder)
    review = review_of(page)
    own = review.workflow_state.task_states.exclude(pk=review.pk).get().specific

    assert version_signed_before(own) is None
