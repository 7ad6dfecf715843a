"""Two signatures at once, and an edit between reading and publishing."""

import pytest
from django.db import transaction

from home.models import StandardPage
from partnership.refusals import Refused
from partnership.review.refusals import PageHasChanged, ReviewIsOver
from partnership.review.services import approve, version_of
from tests.review.conftest import mails, review_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


def test_of_many_signatures_at_once_one_counts(send, people, editor, cities, run_in_threads):
    readers = [editor(cities[1]) for _number in range(4)]
    page = send(people.alder)
    review, seen = review_of(page), version_of(page)

    outcomes = run_in_threads(
        lambda number: approve(review, by=readers[number], seen=seen), times=4
    )

    assert sum(isinstance(outcome, ReviewIsOver) for outcome in outcomes) == 3
    assert [outcome for outcome in outcomes if not isinstance(outcome, Refused)] == [review]
    assert StandardPage.objects.get(pk=page.pk).live
    assert len(mails("review_signed")) == 1


def test_what_is_published_is_what_was_signed(send, people, run_in_threads):
    page = send(people.alder)
    review, seen = review_of(page), version_of(page)

    def act(number):
        if number:
            return approve(review, by=people.puerto, seen=seen)
        with transaction.atomic():
            draft = StandardPage.objects.get(pk=page.pk)
            draft.title_en = "Unread"
            return draft.save_revision(user=people.alder)

    _edited, signed = run_in_threads(act, times=2)

    now = StandardPage.objects.get(pk=page.pk)
    if isinstance(signed, PageHasChanged):
        assert not now.live
    else:
        assert (signed, now.title_en) == (review, "The harbour")
