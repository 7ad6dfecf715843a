"""A row that a table holds once is written in one statement, whoever writes it meanwhile."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from consultations.models import StatementTally, Vote
from partnership.locking import insert_once
from partnership.people.models import SpentToken
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_participant

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_a_row_is_written_once_and_knows_its_key():
    statement, participant = StatementFactory(), make_participant()
    common = {"statement": statement, "participant": participant, "city": city_pair()[0]}
    first, second = Vote(**common, choice="agree"), Vote(**common, choice="disagree")

    with CaptureQueriesContext(connection) as asked:
        written = insert_once(first), insert_once(second)

    assert written == (True, False)
    assert len(asked) == 2
    assert Vote.objects.get() == first
    assert (first._state.adding, second.pk, second._state.adding) == (False, None, True)
    first.refresh_from_db()
    assert (first.choice, first.city) == ("agree", city_pair()[0])


def test_a_key_of_its_own_stays():
    key = uuid.uuid4()

    assert insert_once(SpentToken(token=key))
    assert not insert_once(SpentToken(token=key))
    assert SpentToken.objects.get().token == key


def test_what_a_table_must_never_hold_is_still_refused():
    """Only what is there already is passed over."""
    wrong = StatementTally(statement=StatementFactory(), city=city_pair()[0], agree=-1)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_once(wrong)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_writes(run_in_threads):
    key = uuid.uuid4()

    outcomes = run_in_threads(lambda _number: insert_once(SpentToken(token=key)), times=8)

    assert sorted(outcomes) == [False] * 7 + [True]
