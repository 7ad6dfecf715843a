"""The demo's story holds together: nothing is told on a day before what it goes back to."""

from itertools import pairwise

import pytest

from consultations.official.models import PublishedAnswer
from home.committees.models import Decision
from partnership.demo.register import WHEN
from partnership.ledger import chain
from partnership.ledger.models import ApprovalRequest, LedgerEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_register_is_written_in_the_order_of_the_days_it_tells():
    last = [max(one["signed_at"] for one in entry.signatures) for entry in entries()]

    assert len(last) >= 8
    assert all(earlier <= later for earlier, later in pairwise(last))
    assert last[0] < last[-1]
    assert chain.first_broken() is None


def test_every_city_has_signed_on_the_day_that_is_told_of_the_thing_or_before():
    wrong = {}
    for request in ApprovalRequest.objects.signed():
        told = [getattr(request.subject, name, None) for name in WHEN]
        days = [approval.given_at.date() for approval in request.approvals.all()]
        if any(day and max(days) != day.date() for day in told):
            wrong[str(request.subject)] = days

    assert wrong == {}


def test_an_answer_was_given_after_the_close_and_not_on_the_day_the_demo_was_made():
    answers = PublishedAnswer.objects.select_related("answer__sheet__consultation")

    days = {
        answer.answer.sheet.consultation.slug: (
            answer.published_at - answer.answer.sheet.consultation.closes_at
        ).days
        for answer in answers
    }

    assert days["down-to-the-water"] == 47


def test_no_promise_was_kept_or_stopped_before_it_was_decided():
    decided = Decision.objects.exclude(commitment=None).select_related("meeting", "commitment")

    wrong = [
        str(one.commitment)
        for one in decided
        if one.commitment.finished_on and one.meeting.held_on > one.commitment.finished_on
    ]

    assert wrong == []
    assert len(decided) > 3


def entries() -> list[LedgerEntry]:
    return list(LedgerEntry.objects.order_by("number"))
