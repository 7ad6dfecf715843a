"""A review is begun with every promise, signed whole by every city, and kept as it was signed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from consultations.reviews.models import AnnualReview
from consultations.reviews.refusals import ReviewExists, ReviewIsSigned, ReviewNotReady
from consultations.reviews.services import ask_to_sign, begin_review, take_in
from consultations.roadmap.models import Commitment
from partnership.ledger.models import ApprovalRequest
from partnership.ledger.presenting import rows_of
from partnership.ledger.refusals import ContentHasChanged
from partnership.pages.languages import CODES, localized
from tests.factories.delivery import make_indicator, make_line, two_moneys
from tests.factories.promises import YEAR, sign
from tests.factories.reviews import make_draft, make_review, sign_by_all
from tests.factories.risks import make_risk
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db
DAY = date(YEAR, 1, 12)


@pytest.mark.both
def test_it_begins_with_every_promise_and_no_verdict(roadmap, promise):
    make_commitment(roadmap, status="proposed", title="Only an idea")

    review = begin_review(roadmap)

    (row,) = review.judgements.all()
    assert (row.commitment, row.verdict, row.suggestion) == (promise, "", "not_kept")
    with pytest.raises(ReviewExists):
        begin_review(roadmap)


@pytest.mark.both
def test_it_is_in_force_with_the_last_signature(promise, people, cities):
    draft = make_draft(promise.roadmap)

    request = ask_to_sign(draft, by=people.alder)

    assert [city.code for city in request.missing] == ["puerto"]
    assert not AnnualReview.objects.get().is_signed
    sign(request, by=people.puerto, city=cities[1])
    assert AnnualReview.objects.get().is_signed
    with pytest.raises(ReviewIsSigned):
        ask_to_sign(draft, by=people.alder)


def test_what_is_missing_is_named_before_anybody_is_asked(promise, people):
    draft = make_draft(promise.roadmap)
    setattr(draft, localized("foreword", CODES[1]), "")
    draft.save()
    draft.judgements.model.objects.update(verdict="", **{localized("why", CODES[0]): ""})
    late = make_commitment(promise.roadmap, title="A late promise")

    with pytest.raises(ReviewNotReady) as refused:
        ask_to_sign(AnnualReview.objects.get(), by=people.alder)

    assert refused.value.reasons == [
        "Foreword (Español): missing",
        "Not judged yet: 1. A ramp",
        "1. A ramp: Why (English): missing",
        "Not judged yet: 2. A late promise",
    ]
    assert not ApprovalRequest.objects.exists()
    take_in(draft)
    assert draft.judgements.model.objects.filter(commitment=late).exists()


def test_a_promise_that_comes_while_the_cities_sign_is_judged_first(promise, people, cities):
    request = ask_to_sign(make_draft(promise.roadmap), by=people.alder)
    make_commitment(promise.roadmap, title="A late promise")

    with pytest.raises(ContentHasChanged):
        sign(request, by=people.puerto, city=cities[1])


@pytest.mark.both
def test_the_figures_are_those_of_the_day_on_which_the_cities_were_asked(promise):
    alder, puerto = two_moneys()
    rate = {"exchange_rate": Decimal("1.17"), "rate_on": DAY, "rate_source": "Bank"}
    make_line(promise, planned=Decimal("100.10"), spent=Decimal("12.34"), **rate)
    make_indicator(promise, 4, target=2)
    make_risk(threatens=[promise])
    Commitment.objects.update(due_on=DAY - timedelta(days=3))

    review = sign_by_all(make_draft(promise.roadmap), today=DAY)
    Commitment.objects.update(status="cancelled", spent=9, due_on=DAY + timedelta(days=300))

    figures = AnnualReview.objects.get().figures
    (facts,) = figures["commitments"]
    assert (figures["day"], facts["status"], facts["late_days"]) == (str(DAY), "agreed", 3)
    assert (facts["led_by"], facts["open_risks"], facts["evidence"]) == (["alder"], 1, 0)
    assert (facts["indicators"][0]["value"], facts["indicators"][0]["target"]) == ("4.00", "2.00")
    assert [(each["currency"], each["planned"], each["spent"]) for each in figures["money"]] == [
        ("EUR", "117.12", "14.44"),
        ("GBP", "100.10", "12.34"),
    ]
    assert [(each["score"], each["residual_score"]) for each in figures["risks"]] == [(16, 12)]
    content = ApprovalRequest.objects.get().content["content"]
    assert content["figures"] == figures
    assert content["judgements"][0]["verdict"] == "kept"
    assert review.is_signed
    assert puerto.currency == "EUR"
    assert alder.currency == "GBP"


def test_signers_read_every_verdict_with_its_reason_and_its_figures(promise, people):
    make_risk(threatens=[promise])
    goal = make_commitment(make_roadmap(YEAR), title="The ramp again")
    draft = make_draft(promise.roadmap, verdict="carried_over")
    draft.judgements.model.objects.update(carried_into=goal)

    request = ask_to_sign(AnnualReview.objects.get(), by=people.alder, today=DAY)

    rows = {row.label: row for row in rows_of(request)}
    assert rows["1. A ramp"].event == "Carried over"
    assert [cell.html for cell in rows["Why"].cells] == ["As planned.", "As planned."]
    figures = rows["Figures"].cells[0].html
    assert "Led by Alder Bay; Planned; Due on" in figures
    assert "12 days late" in figures
    assert f"Carried over into {YEAR}, 1. The ramp again" in figures
    assert [cell.html for cell in rows["Foreword"].cells] == ["Text of foreword."] * 2
    assert rows["Risks of the year"].cells[0].html == (
        "A storm surge: score 16, with the measures 12"
    )


def test_whoever_works_for_both_cities_signs_for_neither_by_asking(promise, people):
    asked = ask_to_sign(make_draft(promise.roadmap), by=people.both)

    assert len(asked.missing) == 2


def test_a_year_without_promises_can_be_reviewed(roadmap):
    assert make_review(roadmap).figures["commitments"] == []
