"""Which statement comes next."""

from collections.abc import Container, Iterable
from zlib import crc32

from consultations.models import Statement
from partnership.people.models import Resident


def next_statement(
    statements: Iterable[Statement], *, resident: Resident | None, voted: Container[int]
) -> Statement | None:
    """Return the statement for this reader to vote on, None when all are done.

    It is the one with the fewest votes in the reader's own city, so that every statement gets
    its share of attention there; for readers who are not signed in, the fewest of all. Ties
    fall in an order that is each person's own and stays. Prefetch ``tallies``.
    """
    waiting = [statement for statement in statements if statement.pk not in voted]
    return min(waiting, key=lambda entry: _place(entry, resident), default=None)


def _place(statement: Statement, resident: Resident | None) -> tuple[int, int]:
    tallies = statement.tallies.all()
    if resident is None:
        return sum(tally.seen for tally in tallies), statement.number
    seen = sum(tally.seen for tally in tallies if tally.city_id == resident.city_id)
    return seen, crc32(f"{resident.pk}:{statement.pk}".encode())
