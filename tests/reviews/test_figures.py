"""What a review counts: days late, the last reading, what is judged, and what stays unsaid."""

from datetime import date
from types import SimpleNamespace

import pytest

from consultations.reviews import figures
from consultations.reviews.figures import facts_of, figures_of, late_days, with_facts
from consultations.reviews.models import AnnualReview, CommitmentReview
from consultations.reviews.querysets import judged
from consultations.reviews.refusals import ReviewExists
from consultations.reviews.services import begin_review, keep_as_signed
from consultations.reviews.telling import facts_in_words
from consultations.roadmap.models import Commitment
from partnership.serving import cache
from tests.factories.delivery import make_indicator, make_reading
from tests.factories.promises import YEAR
from tests.factories.reviews import make_review
from tests.factories.risks import make_risk, rated
from tests.factories.roadmap import make_commitment, make_roadmap
from tests.serving.conftest import page_cache  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

DUE, TODAY = date(2026, 6, 30), date(2026, 7, 10)


@pytest.mark.parametrize(
    ("status", "finished_on", "late"),
    [
        ("completed", date(2026, 7, 2), 2),
        ("completed", date(2026, 6, 1), 0),
        ("completed", None, 0),
        ("in_progress", None, 10),
        ("agreed", None, 10),
        ("cancelled", None, 0),
        ("continued", None, 0),
    ],
)
def test_days_late_are_counted_from_the_day_it_was_due(status, finished_on, late):
    promise = Commitment(status=status, due_on=DUE, finished_on=finished_on)

    assert late_days(promise, TODAY) == late


def test_what_is_due_later_is_not_late():
    assert late_days(Commitment(status="agreed", due_on=DUE), date(2026, 6, 1)) == 0


@pytest.mark.parametrize(
    ("first", "told"), [(None, None), (DUE, None), (date(2026, 3, 1), "2026-03-01")]
)
def test_the_first_day_is_told_where_it_was_another(roadmap, first, told):
    make_commitment(roadmap, due_on=DUE, original_due_on=first)

    [promise] = with_facts(roadmap)

    assert facts_of(promise, TODAY)["first_due_on"] == told


def test_of_several_readings_the_last_one_is_told(roadmap, promise):
    indicator = make_indicator(promise)
    for day, value in ((9, 30), (3, 10), (5, 20)):
        make_reading(indicator, read_on=date(2026, 6, day), value=value)

    [known] = with_facts(roadmap)

    [told] = facts_of(known, TODAY)["indicators"]
    assert (told["value"], told["read_on"]) == ("30.00", "2026-06-09")


def test_a_proposal_was_never_promised(roadmap, promise):
    make_commitment(roadmap, status="proposed")

    assert list(judged(roadmap)) == [promise]


def test_the_gravest_risk_comes_first(roadmap, promise):
    for event, levels in (("A leak", (1,) * 4), ("A flood", (5,) * 4), ("A storm", (3,) * 4)):
        make_risk(event, threatens=[promise], **rated(*levels))

    told = figures_of(roadmap, TODAY)["risks"]

    assert [each["event"]["en"] for each in told] == ["A flood", "A storm", "A leak"]


def test_of_what_people_did_only_some_is_told_and_no_line_of_noughts(monkeypatch, roadmap):
    """None is a group too small to be told: that it is there is told."""
    lines = {
        "people": {"alder": 0, "puerto": 7},
        "forms": {"alder": 0, "puerto": 0},
        "votes": {"alder": None, "puerto": 0},
    }
    measures = [SimpleNamespace(key=key) for key in (*lines, "replies")]
    lines["replies"] = {"alder": 9, "puerto": 9}
    shown = {
        key: {city: SimpleNamespace(number=number) for city, number in line.items()}
        for key, line in lines.items()
    }
    years = SimpleNamespace(newest_first=[roadmap.year])
    monkeypatch.setattr(figures, "OF_PEOPLE", measures)
    monkeypatch.setattr(figures, "count", lambda _cities: SimpleNamespace(years=years))
    monkeypatch.setattr(figures, "boards_of", lambda _counted: {roadmap.year: shown})

    told = figures_of(roadmap, TODAY)["participation"]

    assert [(each["measure"], each["city"], each["number"]) for each in told] == [
        ("people", "alder", 0),
        ("people", "puerto", 7),
        ("votes", "alder", None),
        ("votes", "puerto", 0),
    ]


def test_a_roadmap_is_looked_back_on_once(roadmap, promise):
    begin_review(roadmap)

    with pytest.raises(ReviewExists):
        begin_review(roadmap)


@pytest.mark.usefixtures("page_cache")
def test_the_last_signature_is_the_one_that_counts_and_shows_it_at_once(
    promise, django_capture_on_commit_callbacks
):
    review = make_review(promise.roadmap)
    signed_at, before = review.signed_at, cache.version()

    with django_capture_on_commit_callbacks(execute=True):
        keep_as_signed(review, request=None)
    again = (AnnualReview.objects.get().signed_at, cache.version())
    AnnualReview.objects.update(signed_at=None)
    with django_capture_on_commit_callbacks(execute=True):
        keep_as_signed(AnnualReview.objects.get(), request=None)

    assert again == (signed_at, before)
    assert AnnualReview.objects.get().signed_at > signed_at
    assert cache.version() != before


def test_a_review_of_what_not_everybody_may_open_is_nobodys(promise):
    review = make_review(promise.roadmap)
    assert list(AnnualReview.objects.readable()) == [review]

    promise.roadmap.view_restrictions.create(restriction_type="login")

    assert list(AnnualReview.objects.readable()) == []


def test_no_way_leads_on_to_a_roadmap_not_everybody_may_open(promise):
    review = make_review(promise.roadmap, verdict="carried_over")
    later = make_commitment(make_roadmap(YEAR))
    CommitmentReview.objects.filter(review=review).update(carried_into=later)
    before = CommitmentReview.objects.to_read().get().goes_on

    later.roadmap.view_restrictions.create(restriction_type="login")

    assert (before, CommitmentReview.objects.to_read().get().goes_on) == (True, False)


@pytest.mark.parametrize(
    ("status", "words"),
    [("completed", "Finished on 1 July 2026"), ("cancelled", "Stopped on 1 July 2026")],
)
def test_what_was_stopped_was_not_finished(roadmap, status, words):
    make_commitment(roadmap, status=status, due_on=DUE, finished_on=date(2026, 7, 1))

    [promise] = with_facts(roadmap)

    assert words in facts_in_words(facts_of(promise, TODAY))
