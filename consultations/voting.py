"""Which statement comes next."""

from collections.abc import Container, Iterable, Mapping
from secrets import choice

from consultations.models import Statement


def next_statement(
    statements: Iterable[Statement], *, shown: Mapping[int, int] | None, voted: Container[int]
) -> Statement | None:
    """Return the statement to ask about next, None when all are done.

    ``shown`` says how often each has been shown in the reader's city: the one shown least
    comes next, so that every statement gets its share of attention in every city; ties fall
    at random. For readers who are not signed in it is None: all of them are shown the same
    page, with the statement that has the fewest votes. Prefetch ``tallies`` for them.
    """
    waiting = [statement for statement in statements if statement.pk not in voted]
    if not waiting:
        return None
    if shown is None:
        return min(waiting, key=lambda entry: (_votes(entry), entry.number))
    fewest = min(shown.get(statement.pk, 0) for statement in waiting)
    return choice([entry for entry in waiting if shown.get(entry.pk, 0) == fewest])


def _votes(statement: Statement) -> int:
    return sum(tally.seen for tally in statement.tallies.all())
