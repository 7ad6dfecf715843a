"""Let people in, take that back, and say who did not come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from events.enums import EventStatus
from events.models import EventPage
from events.registrations import codes
from events.registrations.door.refusals import (
    AtAnotherEvent,
    FewerAreMissing,
    NothingToTakeBack,
    not_found,
    refusal_at_the_door,
)
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Arrival, Registration
from events.registrations.services import enter
from partnership.people.models import Resident
from partnership.refusals import Refused

#: Time for phones that were without a network to tell whom they let in.
NO_SHOW_AFTER = timedelta(hours=6)
#: A phone's clock is believed for as long as it may have been without a network.
BELIEVED_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Tick:
    """What a phone noted at the door: whom it let in, how many of them, when."""

    code: str
    mark: UUID
    people: int | None = None
    at: datetime | None = None


def find_at_the_door(typed: str, *, event: EventPage | None = None) -> Registration:
    """Return the place with the code that was typed or scanned, whatever its state.

    Raises UnknownCode or MistypedCode, and AtAnotherEvent unless it is at this event.
    """
    code = codes.tidy(typed)
    found = Registration.objects.with_people().select_related("event").filter(code=code).first()
    if found is None:
        raise not_found(code)
    if event and found.event_id != event.pk:
        raise AtAnotherEvent(found.event)
    return found


@transaction.atomic
def check_in(
    registration: Registration,
    *,
    by: Resident,
    mark: UUID,
    people: int | None = None,
    at: datetime | None = None,
) -> Registration:
    """Let the group in, or that many of it; everybody who is missing unless told otherwise.

    Locks the place's row, so that of two doors one lets them in and the other is told. The same
    ``mark`` sent again changes nothing. Raises what the door refuses with, FewerAreMissing too.
    """
    registration = _lock(registration)
    if registration.arrivals.filter(mark=mark).exists():
        return registration
    if refusal := refusal_at_the_door(registration):
        raise refusal
    people = registration.missing if people is None else people
    if people > registration.missing:
        raise FewerAreMissing(registration.missing)
    Arrival.objects.create(
        registration=registration,
        people=people,
        arrived_at=_believed(at),
        checked_in_by=by,
        mark=mark,
    )
    return _count(registration, registration.arrived + people)


@transaction.atomic
def welcome(event: EventPage, *, by: Resident, mark: UUID, **told: Any) -> Registration:
    """Give places to a group that has none, and let it in; ``told`` is what ``enter`` takes.

    Both happen or neither does. Raises what these refuse with.
    """
    return check_in(enter(event, by=by, **told), by=by, mark=mark)


@transaction.atomic
def take_back(arrival: Arrival, *, by: Resident) -> Registration:
    """Undo an arrival, once; raises NothingToTakeBack. Locks the place's row."""
    registration = _lock(arrival.registration)
    standing = registration.arrivals.standing().filter(pk=arrival.pk)
    if not standing.update(taken_back_at=timezone.now(), taken_back_by=by):
        raise NothingToTakeBack
    return _count(registration, registration.arrived - arrival.people)


def check_in_many(event: EventPage, *, ticks: Iterable[Tick], by: Resident) -> list[Refused | None]:
    """Let in whoever phones noted; return for each why not, or None. Each stands for itself."""
    return [_check_in_noted(event, tick, by) for tick in ticks]


def _check_in_noted(event: EventPage, tick: Tick, by: Resident) -> Refused | None:
    try:
        registration = find_at_the_door(tick.code, event=event)
        check_in(registration, by=by, mark=tick.mark, people=tick.people, at=tick.at)
    except Refused as refusal:
        return refusal
    return None


def mark_no_shows() -> int:
    """Say of those who were not checked in that they did not come; return of how many groups.

    Six hours after the end, and only where the door was kept: a list nobody ticked says nothing.
    One statement that compares and sets: safe to run twice, late, or beside a late arrival.
    """
    over = Registration.objects.registered().filter(
        event__ends_at__lte=timezone.now() - NO_SHOW_AFTER
    )
    happened = over.exclude(
        event__event_status__in=(EventStatus.CANCELLED, EventStatus.POSTPONED)
    ).where_the_door_was_kept()
    still = Registration.objects.registered().filter(pk__in=happened.order_by().values("pk"))
    return still.update(status=RegistrationStatus.NO_SHOW)


def _lock(registration: Registration) -> Registration:
    """Return the place as it is now; nobody else can lock it until we commit."""
    locked = Registration.objects.select_for_update(of=("self",))
    return locked.with_people().select_related("event").get(pk=registration.pk)


def _count(registration: Registration, arrived: int) -> Registration:
    registration.arrived = arrived
    registration.status = RegistrationStatus.ATTENDED if arrived else RegistrationStatus.REGISTERED
    registration.save(update_fields=("arrived", "status"))
    return registration


def _believed(at: datetime | None) -> datetime:
    """What a phone says, unless its clock is wrong: then now."""
    now = timezone.now()
    return at if at and now - BELIEVED_FOR <= at <= now else now
