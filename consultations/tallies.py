"""Totals kept current: they change with the votes, and can be counted again from them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet

from consultations.conversation.counts import put_counts_right, wrong_counts
from consultations.enums import Channel, VoteChoice
from consultations.models import (
    AnsweredMark,
    ConsultationPage,
    Contribution,
    PersonTakingPart,
    Response,
    Statement,
    StatementTally,
    Support,
    Vote,
)
from partnership.locking import insert_once

COLUMNS = {
    VoteChoice.AGREE: "agree",
    VoteChoice.DISAGREE: "disagree",
    VoteChoice.PASS: "passed",
}
#: What a difference is called that no single figure has.
PEOPLE = "people taking part"


class Ballot(NamedTuple):
    """What a vote adds to one total: the city it counts for and what it says."""

    city_id: int | None
    choice: str


def count_ballot(
    statement: Statement, *, given: Ballot | None, taken_back: Ballot | None = None
) -> None:
    """Add a vote to its city's total, if there is one, and take the one before out of its own.

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


def take_back(votes: Iterable[Vote]) -> None:
    """Take votes that are gone out of their cities' totals, all at once; the caller deleted them.

    Their totals are locked in the order in which a vote changes two of them.
    """
    steps: defaultdict[tuple[int, int | None], Counter[str]] = defaultdict(Counter)
    for vote in votes:
        steps[vote.statement_id, vote.city_id][COLUMNS[VoteChoice(vote.choice)]] += 1
    totals = StatementTally.objects.filter(statement__in={statement for statement, _city in steps})
    changed = []
    for total in _in_turn(totals).select_for_update(of=("self",)):
        if gone := steps.get((total.statement_id, total.city_id)):
            for column, number in gone.items():
                setattr(total, column, getattr(total, column) - number)
            changed.append(total)
    StatementTally.objects.bulk_update(changed, list(COLUMNS.values()), batch_size=200)


def _in_turn(totals: QuerySet[StatementTally]) -> QuerySet[StatementTally]:
    """In the order in which a vote changes two of them; another could end in a deadlock."""
    return totals.order_by("statement", F("city").asc(nulls_first=True))


def _change(statement: Statement, city_id: int | None, steps: dict[str, int]) -> None:
    new_values = {column: F(column) + step for column, step in steps.items()}
    own = StatementTally.objects.filter(statement=statement, **_place(city_id))
    if own.update(**new_values):
        return
    first = StatementTally(statement=statement, **_place(city_id), **steps)
    if not insert_once(first):  # somebody else's first vote came in between
        own.update(**new_values)


def _place(city_id: int | None) -> dict[str, Any]:
    """The lookup of a city's row, or of the row of everybody who lives elsewhere."""
    return {"city": None} if city_id is None else {"city_id": city_id}


class Drift(NamedTuple):
    """A kept figure that differs from what its rows say; ``where`` names it for staff."""

    where: str
    kept: tuple[float, ...]
    counted: tuple[float, ...]


def drift(consultation: ConsultationPage) -> list[Drift]:
    """Return every kept total that differs from the votes themselves; nothing is changed.

    While people vote, totals and votes read one after the other may differ by the vote in
    between: what looks like drift is looked at again while the totals are held, and told when
    it is still there.
    """
    suspected = {entry.where for entry in _differences(consultation)}
    if not suspected:
        return []
    with transaction.atomic():
        hold_totals(consultation)
        return [entry for entry in _differences(consultation) if entry.where in suspected]


def drift_of_comments(consultation: ConsultationPage) -> list[Drift]:
    """Return every kept figure of a comment that differs from its replies and its support.

    No figure of the results stands on them, so that they keep nobody from publishing these.
    """
    return [Drift(*wrong) for wrong in wrong_counts(consultation)]


@transaction.atomic
def recount(consultation: ConsultationPage) -> list[Drift]:
    """Make every kept figure of the consultation anew from the rows it is counted from.

    For content written in bulk, and for whoever doubts a figure; returns what was wrong.
    Locked while it counts, see ``hold_totals``.
    """
    hold_totals(consultation)
    found = [*_differences(consultation), *drift_of_comments(consultation)]
    _put_right(consultation)
    # Tens of thousands of rows, for which everybody's vote would wait: only where some are wrong.
    if any(entry.where == PEOPLE for entry in found):
        _write_people_anew(consultation)
    put_counts_right(consultation)
    return found


def _put_right(consultation: ConsultationPage) -> None:
    """Write the counted totals into the rows that are there; none is ever taken away.

    A vote that waits for its total would otherwise find nothing to add itself to.
    """
    counted = {(row.statement_id, row.city_id): row for row in counted_totals(consultation)}
    kept = list(StatementTally.objects.filter(statement__consultation=consultation))
    for row in kept:
        total = counted.pop((row.statement_id, row.city_id), None) or StatementTally()
        row.agree, row.disagree, row.passed = _figures(total)
    StatementTally.objects.bulk_update(kept, list(COLUMNS.values()), batch_size=200)
    StatementTally.objects.bulk_create(counted.values(), batch_size=1000)


def _write_people_anew(consultation: ConsultationPage) -> None:
    kept = PersonTakingPart.objects.filter(consultation=consultation)
    counted = _people(consultation, dict(kept.values_list("participant_id", "city_id")))
    people = [
        PersonTakingPart(consultation=consultation, participant_id=pk, city_id=city_id)
        for pk, city_id in counted
    ]
    kept.delete()
    # Somebody who answers at this moment may have written their own row already.
    PersonTakingPart.objects.bulk_create(people, batch_size=1000, ignore_conflicts=True)


def hold_totals(consultation: ConsultationPage) -> None:
    """Let whoever votes wait at the totals until the transaction is over.

    A vote changes its total as the last thing it does: one that has done so is waited for and
    seen by whatever is counted next; one that has not waits, and is added to the new total.
    Statements are locked against other recounts only: a vote asks for its statement's key as
    late as at its commit, and a lock that kept it out would be a deadlock with this one.
    """
    statements = Statement.objects.filter(consultation=consultation).order_by("pk")
    list(statements.select_for_update(of=("self",), no_key=True).values_list("pk"))
    tallies = StatementTally.objects.filter(statement__consultation=consultation)
    list(_in_turn(tallies).select_for_update(of=("self",)).values_list("pk"))


def _differences(consultation: ConsultationPage) -> list[Drift]:
    kept = StatementTally.objects.filter(statement__consultation=consultation)
    found = _compared(
        {(row.statement_id, row.city_id): _figures(row) for row in kept},
        {(row.statement_id, row.city_id): _figures(row) for row in counted_totals(consultation)},
        nothing=(0, 0, 0),
    )
    numbers = dict(Statement.objects.filter(consultation=consultation).values_list("pk", "number"))
    return [
        *(
            Drift(f"statement {numbers[statement_id]}, city {city_id or 'elsewhere'}", *figures)
            for (statement_id, city_id), *figures in found
        ),
        *_differences_of_people(consultation),
    ]


def _figures(tally: StatementTally) -> tuple[int, ...]:
    return tally.agree, tally.disagree, tally.passed


def _differences_of_people(consultation: ConsultationPage) -> list[Drift]:
    pairs = PersonTakingPart.objects.filter(consultation=consultation)
    kept = list(pairs.values_list("participant_id", "city_id"))
    known: Counter[Any] = Counter(kept)
    counted: Counter[Any] = Counter(_people(consultation, dict(kept)))
    # How many and not who: what is printed stays in terminals and logs.
    wrong = max((known - counted).total(), (counted - known).total())
    return [Drift(PEOPLE, (wrong,), (0,))] if wrong else []


def _compared(kept: dict[Any, Any], counted: dict[Any, Any], *, nothing: Any) -> list[Any]:
    keys = sorted({*kept, *counted}, key=str)
    pairs = [(key, kept.get(key, nothing), counted.get(key, nothing)) for key in keys]
    return [pair for pair in pairs if pair[1] != pair[2]]


def counted_totals(
    consultation: ConsultationPage, *, until: datetime | None = None
) -> list[StatementTally]:
    """Return the totals as the votes themselves say, unsaved; of those given until an instant."""
    counted = {column: Count("pk", filter=Q(choice=choice)) for choice, column in COLUMNS.items()}
    votes = Vote.objects.filter(statement__consultation=consultation)
    if until is not None:
        votes = votes.filter(changed_at__lte=until)
    rows = votes.order_by().values("statement_id", "city_id").annotate(**counted)
    return [StatementTally(**row) for row in rows]


def acts_that_count(consultation: ConsultationPage) -> list[QuerySet[Any]]:
    """What somebody takes part with: a vote, an answer, an idea of their own or its support."""
    ideas = Contribution.objects.filter(consultation=consultation).ideas().of_residents()
    return [
        Vote.objects.filter(statement__consultation=consultation),
        Response.objects.filter(consultation=consultation).exclude(participant=None),
        ideas,
        Support.objects.filter(contribution__in=ideas.values("pk")),
    ]


def _people(
    consultation: ConsultationPage, written_down: dict[int | None, int | None]
) -> list[tuple[int | None, int | None]]:
    """Everybody whose acts count, with the city of their first one.

    That is the one that was ``written_down`` with it: a vote or an answer that is changed after
    moving house counts in the new city, and no longer knows the old one. Whoever answered on
    paper is somebody else with every sheet. Whoever answered anonymously has a mark, which keeps
    the city that was written down with their first act.
    """
    acts = [rows.order_by() for rows in acts_that_count(consultation)]
    who = {pk for rows in acts for pk in rows.values_list("participant_id", flat=True).distinct()}
    cities = {pk: written_down[pk] for pk in who if pk in written_down}
    if len(cities) < len(who):
        cities = _cities_of_first(acts) | cities
    marks = dict(
        AnsweredMark.objects.filter(consultation=consultation).values_list("participant", "city")
    )
    cities.update((pk, written_down.get(pk, city_id)) for pk, city_id in marks.items())
    sheets = Response.objects.filter(consultation=consultation, channel=Channel.PAPER)
    on_paper = ((None, city_id) for city_id in sheets.values_list("city_id", flat=True))
    return [*cities.items(), *on_paper]


def _cities_of_first(acts: list[QuerySet[Any]]) -> dict[int | None, int | None]:
    """The city of everybody's first act; every act is read, which takes seconds in a large city."""
    read = (rows.values_list("participant_id", "city_id", "created_at") for rows in acts)
    cities: dict[int | None, int | None] = {}
    for participant_id, city_id, _at in sorted(chain(*read), key=lambda act: act[2]):
        cities.setdefault(participant_id, city_id)
    return cities
