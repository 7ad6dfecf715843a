"""How a place is found at the door by its code, and how often what nobody has may be tried."""

from collections.abc import Sequence
from contextlib import suppress

from django.http import HttpRequest

from events.models import EventPage
from events.registrations.door.refusals import AtAnotherEvent, MistypedCode, UnknownCode
from events.registrations.door.services import Tick, check_in_many, find_at_the_door
from events.registrations.models import Registration
from partnership.limits import Limit, TooOften
from partnership.people.models import Resident
from partnership.refusals import Refused

#: Codes that were not found: far more than a busy door mistypes, far fewer than guessing takes.
MISSES = Limit("registrations.door", per_person=60, per_address=300, seconds=600)


def find(request: HttpRequest, typed: str, event: EventPage | None = None) -> Registration:
    """Find a place by its code; raises what the door says of it, and TooOften to who guesses on.

    It is counted before anybody looks, so that of many at the same moment none is for nothing.
    What was found was no guess, at whatever event it is, and is taken back.
    """
    MISSES.count(request)
    try:
        found = find_at_the_door(typed, event=event)
    except AtAnotherEvent:
        MISSES.take_back(request)
        raise
    MISSES.take_back(request)
    return found


def let_in_noted(
    request: HttpRequest, event: EventPage, ticks: Sequence[Tick], *, by: Resident
) -> list[Refused | None]:
    """Let in whoever a phone noted; return for each why not. Raises TooOften to who guesses on.

    A phone notes what is on its list, so what nobody has counts as a guess. Nothing of a sending
    is looked at once there were too many; of one that began before, every note has its answer.
    """
    MISSES.count(request)
    MISSES.take_back(request)
    refused = check_in_many(event, ticks=ticks, by=by)
    for refusal in refused:
        if isinstance(refusal, (MistypedCode, UnknownCode)):
            with suppress(TooOften):
                MISSES.count(request)
    return refused
