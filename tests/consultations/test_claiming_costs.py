"""Who took part a lot as a guest waits no longer for an account, and still counts once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations import tallies
from consultations.conversation.services import support_comment
from consultations.enums import Participation
from consultations.models import Contribution, StatementTally, Support, Vote
from consultations.services import vote
from partnership.people import guests
from tests.consultations.test_guest_answers import guest
from tests.factories.cities import city_pair
from tests.factories.consultations import (
    ContributionFactory,
    StatementFactory,
    make_consultation,
    make_participant,
)

pytestmark = pytest.mark.django_db


def said_twice(amount):
    """Somebody who voted and supported as a guest here, and with an account there."""
    alder, _puerto = city_pair()
    consultation = make_consultation(participation=Participation.OPEN)
    account = make_participant(alder, email="ana@example.org")
    before = guest("ana@example.org")
    for _number in range(amount):
        statement = StatementFactory(consultation=consultation)
        words = ContributionFactory(consultation=consultation)
        for person, choice in ((account, "disagree"), (before, "agree")):
            vote(statement, participant=person, choice=choice)
            support_comment(words, participant=person, supports=True)
    return consultation, account


def test_thirty_votes_stay_within_a_few_queries():
    amount = 30
    _consultation, account = said_twice(amount)

    with CaptureQueriesContext(connection) as asked:
        guests.claim(account.resident)

    assert len(asked) <= 84


@pytest.mark.both
def test_what_was_said_twice_counts_once_and_in_the_accounts_city():
    consultation, account = said_twice(3)

    guests.claim(account.resident)

    assert set(Vote.objects.values_list("participant", "choice")) == {(account.pk, "disagree")}
    assert Support.objects.count() == 3
    assert set(Contribution.objects.values_list("support_count", flat=True)) == {1}
    left = {
        (total.city.code, total.agree, total.disagree) for total in StatementTally.objects.all()
    }
    assert left == {("alder", 0, 1), ("puerto", 0, 0)}
    assert tallies.drift(consultation) == []
    assert tallies.drift_of_comments(consultation) == []
