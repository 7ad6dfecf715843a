"""Whose turn it is to say something about which statement.

A statement counts as shown in a city once for everybody there who has voted on it, and once
for everybody who has it before them now. So what people saw without voting counts too, and
both can be counted again from their rows.
"""

from collections.abc import Container, Sequence

from django.db import IntegrityError
from django.utils import timezone

from consultations.models import ConsultationPage, Statement, Turn
from consultations.rules import city_of_reader
from consultations.voting import next_statement
from partnership.people.models import Participant, Resident


def take_turn(
    consultation: ConsultationPage,
    *,
    participant: Participant,
    statements: Sequence[Statement],
    voted: Container[int],
    now: int | None,
) -> Statement | None:
    """Return what this person is asked now: it stays the same until they vote on it.

    Give it the statements that may be asked, as ``shown_in`` wants them, and the key of the one
    they have before them ``now``: whoever has one is given nothing new, and it costs nothing.
    Otherwise one query. Of two tabs the last one counts.
    """
    waiting = {statement.pk: statement for statement in statements if statement.pk not in voted}
    if now in waiting:
        return waiting[now]
    city_id = city_of_reader(consultation, participant)
    chosen = next_statement(waiting.values(), shown=shown_in(city_id, statements), voted=())
    if chosen is not None:
        _give(consultation, participant, chosen, city_id)
    return chosen


def first_turn_of(resident: Resident) -> Participant:
    """The participant behind an account that has done nothing yet; one query."""
    try:
        return Participant.objects.create(resident=resident)
    except IntegrityError:  # another tab was quicker
        return Participant.objects.of(resident)


def _give(
    consultation: ConsultationPage,
    participant: Participant,
    statement: Statement,
    city_id: int | None,
) -> None:
    """Write the one row of this person, or change it: one query, and no lock to wait for."""
    turn = Turn(
        consultation=consultation, participant=participant, statement=statement, city_id=city_id
    )
    turn.given_at = timezone.now()
    Turn.objects.bulk_create(
        [turn],
        update_conflicts=True,
        unique_fields=("consultation", "participant"),
        update_fields=("statement", "city", "given_at"),
    )


def shown_in(city_id: int | None, statements: Sequence[Statement]) -> dict[int, int]:
    """How often each statement was shown in a city (None: elsewhere).

    Fetch them with ``tallies`` and ``with_turns_in(city_id)``.
    """
    return {
        statement.pk: statement.before_them  # type: ignore[attr-defined] # by with_turns_in
        + sum(tally.seen for tally in statement.tallies.all() if tally.city_id == city_id)
        for statement in statements
    }


def end_turn(statement: Statement, participant: Participant) -> None:
    """The vote takes the place of the turn; call it in the transaction of the vote.

    Nothing hangs on a turn, so that nothing has to be looked for before it goes.
    """
    own = Turn.objects.filter(statement=statement, participant=participant)
    own._raw_delete(own.db)
