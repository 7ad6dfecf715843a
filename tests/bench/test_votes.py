"""A million votes: the results of a consultation in under a second, and equal to a recount."""

import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from consultations import tallies
from consultations.models import ConsultationPage, StatementTally, Vote
from consultations.results import statement_results
from partnership.people.models import Participant
from tests.factories.cities import city_pair
from tests.factories.consultations import StatementFactory, make_consultation

pytestmark = [pytest.mark.bench, pytest.mark.both, pytest.mark.django_db(transaction=True)]

STATEMENTS = 50
#: SQLite is for partnerships of ordinary size; a tenth says enough there.
VOTES = {"postgresql": 1_000_000, "sqlite": 100_000}

#: Everybody votes on everything; who says what follows from two keys, a third lives elsewhere.
CAST = """
INSERT INTO consultations_vote
    (statement_id, participant_id, city_id, choice, created_at, changed_at)
SELECT s.id, p.id,
    CASE p.id %% 3 WHEN 0 THEN %s WHEN 1 THEN %s END,
    CASE (p.id * 7 + s.id * 3) %% 5
        WHEN 0 THEN 'disagree' WHEN 1 THEN 'pass' ELSE 'agree' END,
    %s, %s
FROM consultations_statement s CROSS JOIN people_participant p
WHERE s.consultation_id = %s
"""


def cast_votes(number: int) -> ConsultationPage:
    """A consultation in which so many votes were cast, written in one statement of SQL."""
    consultation = make_consultation()
    for _number in range(STATEMENTS):
        StatementFactory(consultation=consultation)
    people = (Participant(guest_digest=f"{place:064}") for place in range(number // STATEMENTS))
    Participant.objects.bulk_create(people, batch_size=5000)
    alder, puerto = city_pair()
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(CAST, (alder.pk, puerto.pk, now, now, consultation.pk))
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    return consultation


def test_the_results_of_a_million_votes(figure: Callable[..., None]) -> None:
    number = VOTES[connection.vendor]
    consultation = cast_votes(number)
    tallies.recount(consultation)
    assert Vote.objects.count() == number

    started = time.perf_counter()
    results = statement_results(consultation, city_pair())
    verdicts = [(result.verdict, result.score, result.differences) for result in results]
    from_totals = time.perf_counter() - started

    started = time.perf_counter()
    assert tallies.drift(consultation) == []
    from_votes = time.perf_counter() - started
    counted = sum(tally.seen for tally in StatementTally.objects.all())
    assert (len(verdicts), counted) == (STATEMENTS, number)
    figure(f"Results of {number:,} votes", from_totals, unit="s", at_most=1)
    figure(f"Recount of {number:,} votes", from_votes, unit="s")
