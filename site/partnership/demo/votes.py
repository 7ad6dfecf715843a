"""The demo's votes: drawn from what each city leans to, then counted from the rows."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from consultations.enums import VoteChoice
from consultations.models import ConsultationPage, Statement, Vote
from consultations.tallies import recount
from partnership.people.models import Participant

#: How residents of elsewhere lean: percent agreeing and disagreeing.
ELSEWHERE = [60, 20]
#: The share of statements one person votes on, at least and at most.
FEWEST, MOST = 0.5, 1.0

Leanings = list[tuple[Statement, dict[str, list[int]]]]


def cast_votes(
    consultation: ConsultationPage,
    statements: Leanings,
    voters: list[Participant],
    *,
    until: datetime,
) -> None:
    """Write the votes of everybody who took part and bring the totals up to date.

    Where there is nothing to vote on nobody votes.
    """
    chance = Random(f"votes of {consultation.slug}")  # noqa: S311 - the same votes every time
    votes = (
        vote
        for participant in (voters if statements else ())
        for vote in _votes_of(participant, statements, chance, until)
    )
    Vote.objects.bulk_create(votes, batch_size=2000)
    recount(consultation)


def _votes_of(
    participant: Participant, statements: Leanings, chance: Random, until: datetime
) -> Iterator[Vote]:
    city = participant.resident.city
    number = round(len(statements) * chance.uniform(FEWEST, MOST))
    for statement, leaning in chance.sample(statements, max(1, number)):
        agree, disagree = leaning.get(city.code if city else "", ELSEWHERE)
        rest = 100 - agree - disagree
        choice = chance.choices(tuple(VoteChoice), (agree, disagree, rest))[0]
        voted_at = until - timedelta(minutes=chance.randrange(30, 28_000))
        yield Vote(
            statement=statement,
            participant=participant,
            city=city,
            choice=choice,
            created_at=voted_at,
            changed_at=voted_at,
        )
