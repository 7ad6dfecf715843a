"""Totals kept current: they change with the votes, and can be counted again from them."""

from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, F, Q

from consultations.enums import VoteChoice
from consultations.models import (
    ConsultationPage,
    PersonTakingPart,
    Response,
    Statement,
    StatementTally,
    Vote,
)

COLUMNS = {
    VoteChoice.AGREE: "agree",
    VoteChoice.DISAGREE: "disagree",
    VoteChoice.PASS: "passed",
}


class Ballot(NamedTuple):
    """What a vote adds to one total: the city it counts for and what it says."""

    city_id: int | None
    choice: str


def count_ballot(statement: Statement, *, given: Ballot, taken_back: Ballot | None = None) -> None:
    """Add a vote to its city's total, and take the one it replaces out of its own.

    Call it in the transaction that writes the vote, as its last write: the row of a total is
    the one thing all voters share. Two rows are always changed in the order of their cities,
    so that people who moved in opposite directions cannot wait for each other.
    """
    changes: dict[int | None, dict[str, int]] = {}
    for ballot, step in ((taken_back, -1), (given, 1)):
        if ballot is not None:
            own = changes.setdefault(ballot.city_id, {})
            column = COLUMNS[VoteChoice(ballot.choice)]
            own[column] = own.get(column, 0) + step
    for city_id in sorted(changes, key=lambda pk: pk or 0):
        _change(statement, city_id, changes[city_id])


def _change(statement: Statement, city_id: int | None, steps: dict[str, int]) -> None:
    new_values = {column: F(column) + step for column, step in steps.items()}
    own = StatementTally.objects.filter(statement=statement, **_place(city_id))
    if not own.update(**new_values):
        StatementTally.objects.get_or_create(statement=statement, **_place(city_id))
        own.update(**new_values)


def _place(city_id: int | None) -> dict[str, Any]:
    """The lookup of a city's row, or of the row of everybody who lives elsewhere."""
    return {"city": None} if city_id is None else {"city_id": city_id}


@transaction.atomic
def recount(consultation: ConsultationPage) -> None:
    """Make every total of the consultation anew from the votes and responses themselves.

    For content written in bulk, and for whoever doubts a figure.
    """
    StatementTally.objects.filter(statement__consultation=consultation).delete()
    StatementTally.objects.bulk_create(_totals(consultation), batch_size=1000)
    PersonTakingPart.objects.filter(consultation=consultation).delete()
    PersonTakingPart.objects.bulk_create(_people(consultation), batch_size=1000)


def _totals(consultation: ConsultationPage) -> list[StatementTally]:
    counted = {column: Count("pk", filter=Q(choice=choice)) for choice, column in COLUMNS.items()}
    votes = Vote.objects.filter(statement__consultation=consultation)
    rows = votes.order_by().values("statement_id", "city_id").annotate(**counted)
    return [StatementTally(**row) for row in rows]


def _people(consultation: ConsultationPage) -> list[PersonTakingPart]:
    """One row for everybody who voted or answered, in the city of their first act."""
    acts = [
        rows.order_by("created_at").values_list("participant_id", "city_id", "created_at")
        for rows in (
            Vote.objects.filter(statement__consultation=consultation),
            Response.objects.filter(consultation=consultation),
        )
    ]
    cities: dict[int, int | None] = {}
    for participant_id, city_id, _at in sorted((*acts[0], *acts[1]), key=lambda act: act[2]):
        cities.setdefault(participant_id, city_id)
    return [
        PersonTakingPart(consultation=consultation, participant_id=pk, city_id=city_id)
        for pk, city_id in cities.items()
    ]
