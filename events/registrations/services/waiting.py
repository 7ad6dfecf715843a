"""The waiting list: a free place is offered to the first in line, who takes it or passes it on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.enums import EventStatus, SignUpState
from events.models import EventPage
from events.registrations import mail
from events.registrations.enums import RegistrationStatus
from events.registrations.guardians.mail import given
from events.registrations.models import Registration
from events.registrations.refusals import (
    EventCancelled,
    NoPlaceToGive,
    OfferExpired,
    PromotionWithoutReason,
)
from events.registrations.room import EVERYBODY, Room
from partnership.outbox.services import post
from partnership.people.models import Resident
from partnership.serving import public_changed

#: How long an offer stands, and the least it stands when the event is near.
OFFER = timedelta(hours=48)
SHORTEST_OFFER = timedelta(hours=1)
#: Offers made in one go; the clock makes the others seconds later.
AT_A_TIME = 200
#: What has been carried over from the page's own reading to the locked row.
READ_BEFORE = ("venue_list", "sign_up_question_list", "partner_cities")


def lock(event: EventPage) -> EventPage:
    """Return the event as it is now; nobody else can lock it until we commit.

    What was read for the page and is not the event's own row is not read again.
    """
    locked = EventPage.objects.knowing_hosts().select_for_update(of=("self",)).get(pk=event.pk)
    for name in READ_BEFORE:
        if name in event.__dict__:
            locked.__dict__[name] = event.__dict__[name]
    return locked


def lock_place(registration: Registration, event: EventPage) -> Registration:
    """Return the place as it is now; the caller has locked the event, always before a place.

    The door locks the place alone, so the event's lock does not keep it from letting people in.
    """
    locked = Registration.objects.select_for_update(of=("self",)).with_people()
    fresh = locked.get(pk=registration.pk)
    fresh.event = event
    return fresh


def tell(letter: dict[str, Any]) -> None:
    """Post a letter about a place, unless its reader's address is erased."""
    if letter["to"]:
        post(**letter)


def offer_ends_at(event: EventPage, now: datetime) -> datetime:
    """Return until when an offer made now stands: 48 hours, less when the sign-up closes soon.

    A quarter of the time that is left, an hour at least, and never beyond the close.
    """
    # After a new date the old close may have passed: who was offered a place answers anyway.
    last = event.last_moment if event.last_moment > now else event.starts_at
    lasts = min(OFFER, max((last - now) / 4, SHORTEST_OFFER))
    return min(now + lasts, last)


def offer_free_places(event: EventPage) -> list[Registration]:
    """Offer what is free to the first in each queue; the caller has locked the event.

    A group that does not fit keeps its turn and what is free is kept for it: nobody overtakes.
    """
    if event.sign_up_window() != SignUpState.OPEN or not event.registrations.waiting().exists():
        return []
    room, now = Room.at(event), timezone.now()
    offered: list[Registration] = []
    for queue in (*room.quotas, EVERYBODY):
        for registration in _first_in_line(event, room, queue):
            if not room.fits(registration.city_id, registration.party_size):
                break
            room.give(registration)
            _offer(registration, event, now)
            offered.append(registration)
    if offered:
        public_changed()
    return offered


def _first_in_line(event: EventPage, room: Room, queue: int | None) -> list[Registration]:
    """Those who could be offered something: no more than there are places."""
    left = room.left_for(queue)
    line = event.registrations.waiting().with_people()
    if queue is not EVERYBODY:
        line = line.filter(city_id=queue)
    elif room.quotas:
        line = line.filter(Q(city_id=None) | ~Q(city_id__in=room.quotas))
    return list(line[: AT_A_TIME if left is None else min(left, AT_A_TIME)])


def _offer(registration: Registration, event: EventPage, now: datetime) -> None:
    registration.event = event
    registration.status = RegistrationStatus.OFFERED
    registration.offer_expires_at = offer_ends_at(event, now)
    registration.save(update_fields=("status", "offer_expires_at"))
    tell(mail.offer(registration))


@transaction.atomic
def accept(registration: Registration) -> Registration:
    """Turn an offer into a place; raises OfferExpired when it is none any more."""
    event = lock(registration.event)
    if event.event_status == EventStatus.CANCELLED:
        raise EventCancelled
    registration = lock_place(registration, event)
    if not registration.can_accept:
        raise OfferExpired
    _register(registration)
    public_changed()
    return registration


@transaction.atomic
def promote(registration: Registration, *, by: Resident, reason: str) -> Registration:
    """Give a place by hand to somebody who waits, whoever is before them.

    It is one of those kept back, or one that is free; raises NoPlaceToGive without either and
    PromotionWithoutReason without a reason.
    """
    event = lock(registration.event)
    registration = lock_place(registration, event)
    if not reason.strip():
        raise PromotionWithoutReason
    room = Room.at(event, without=registration)
    if not (registration.is_waiting or registration.is_offered):
        raise NoPlaceToGive
    if registration.party_size <= room.in_reserve:
        registration.from_reserve = True
    elif not room.fits(registration.city_id, registration.party_size):
        raise NoPlaceToGive
    registration.promoted_by, registration.promotion_reason = by, reason.strip()
    _register(registration)
    offer_free_places(event)
    public_changed()
    return registration


def promote_each(
    registrations: Iterable[Registration], *, by: Resident, reason: str
) -> tuple[list[Registration], list[Registration]]:
    """Give places by hand to several, one after the other; return who got one and who did not.

    Each stands for itself: who has a place by now is left out of both. Raises
    PromotionWithoutReason.
    """
    given, left = [], []
    for registration in registrations:
        try:
            given.append(promote(registration, by=by, reason=reason))
        except NoPlaceToGive:
            left.append(registration)
    still = Registration.objects.filter(pk__in=[each.pk for each in left]).exclude(
        status__in=(RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED)
    )
    waiting = set(still.values_list("pk", flat=True))
    return given, [each for each in left if each.pk in waiting]


def _register(registration: Registration) -> None:
    registration.status = RegistrationStatus.REGISTERED
    registration.offer_expires_at = None
    registration.save()
    tell(given(registration))
