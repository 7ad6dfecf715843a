"""The figures in words and rows: what is kept back, what is elsewhere, what no longer is there."""

import pytest
from django.urls import reverse

from consultations.reviews.models import AnnualReview
from consultations.reviews.open_data import _money
from consultations.reviews.presenting import promises, risks_of, summary
from consultations.reviews.telling import participation_in_words
from consultations.risks.models import Risk
from home.parity.counting import ELSEWHERE
from tests.factories.promises import YEAR
from tests.factories.reviews import make_draft, make_review
from tests.factories.risks import make_risk
from tests.factories.roadmap import make_commitment, make_roadmap
from tests.reviews.test_admin import edit, form

pytestmark = pytest.mark.django_db


def test_a_small_group_is_kept_back_and_whoever_lives_elsewhere_is_named_so():
    line = {"alder": 7, "puerto": None, ELSEWHERE: 0}
    figures = [
        {"measure": "people", "city": city, "number": number} for city, number in line.items()
    ]

    [said] = participation_in_words(figures, {"alder": "Alder Bay", "puerto": "Puerto Almendro"})

    assert said.endswith(": Alder Bay 7, Puerto Almendro kept back, Elsewhere 0")


def test_a_city_that_led_nothing_has_no_row_of_noughts(promise, cities):
    alder, _puerto = cities
    promise.led_by.set([alder])
    review = make_review(promise.roadmap, verdict="kept")

    told = summary(review.judgements.all(), review.figures, cities)

    assert [row["head"] for row in told["rows"]] == [alder.name]
    assert [number for _label, number in told["whole"]] == [1, 0, 0, 0]


def test_what_came_after_the_signatures_and_a_city_that_left_are_in_no_row(promise, cities):
    alder, puerto = cities
    promise.led_by.set(cities)
    review = make_review(promise.roadmap)
    late = make_commitment(promise.roadmap)
    review.judgements.model.objects.create(review=review, commitment=late)
    rows = review.judgements.model.objects.filter(review=review).to_read()

    [told] = promises(rows, review.figures, {alder.code: alder}, "/")

    assert told["number"] == promise.number
    assert told["cities"] == [alder]
    assert puerto.code in review.figures["commitments"][0]["led_by"]


def test_a_risk_that_readers_find_no_more_keeps_its_name_and_loses_its_link(promise):
    risk = make_risk(threatens=[promise])
    figures = make_review(promise.roadmap).figures["risks"]
    [shown] = risks_of(figures)

    Risk.objects.update(is_published=False)

    [told] = risks_of(figures)
    assert shown["url"] == risk.get_absolute_url()
    assert (told["title"], told["url"]) == (shown["title"], "")


def test_a_sum_that_leaves_something_out_is_no_whole():
    part = {"planned": "5.00", "spent": "1.00", "currency": "EUR", "left_out": 2}
    whole = {"planned": "9.00", "spent": "2.00", "currency": "USD", "left_out": 0}

    assert _money([part]) == (None, None, "")
    assert _money([part, whole]) == ("9.00", "2.00", "USD")


def test_no_review_is_begun_of_a_roadmap_that_readers_never_knew(client, cities, people):
    unknown = make_roadmap(YEAR - 2, live=False)
    type(unknown).objects.filter(pk=unknown.pk).update(first_published_at=None)
    client.force_login(people.alder)

    client.post(reverse("annual_reviews:add"), {"roadmap": unknown.pk})

    assert not AnnualReview.objects.exists()


def test_nothing_is_asked_while_a_promise_has_no_row(client, promise, people):
    review = make_draft(promise.roadmap)
    make_commitment(promise.roadmap, title="A late promise")
    client.force_login(people.alder)

    answer = client.post(edit(review), form(review, "kept", ask="on"))

    assert answer.status_code == 200
    assert "Save without asking first" in answer.content.decode()
    assert review.judgements.model.objects.filter(review=review).count() == 1
