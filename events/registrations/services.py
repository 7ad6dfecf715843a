"""Take a place, give it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from events.models import EventPage
from events.registrations import mail
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.refusals import (
    AlreadyHasPlace,
    CannotCancel,
    EventFull,
    NoSuchVenue,
    PartyTooLarge,
    refusal_for,
)
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.people import tokens
from partnership.people.models import Participant, Resident
from partnership.serving import public_changed

#: What the one-use token of the sign-up form is good for.
PURPOSE = "registrations.sign_up"


@transaction.atomic
def sign_up(
    event: EventPage,
    *,
    participant: Participant,
    form_token: str,
    party_size: int = 1,
    joins_in: City | None = None,
    language_code: str = "",
    needs: str = "",
) -> Registration:
    """Give the participant places at the event, or raise a refusal that says why not.

    The event's row stays locked until we commit, so that two residents can never both take
    the last place. Whoever gave a place back before gets the same row again.
    ``joins_in`` is where they will sit; the city that counts is copied from the participant.
    """
    event = lock(event)
    tokens.spend(form_token, purpose=PURPOSE)
    earlier = event.registrations.filter(participant=participant).first()
    if earlier and earlier.status != RegistrationStatus.CANCELLED:
        raise AlreadyHasPlace
    _refuse_unless_possible(event, party_size, joins_in)
    registration = earlier or Registration(event=event, participant=participant)
    _take(
        registration,
        city=participant.city,
        joins_in=joins_in,
        party_size=party_size,
        language_code=language_code,
        needs=needs,
    )
    post("registration_confirmed", **mail.confirmation(registration))
    public_changed()
    return registration


@transaction.atomic
def cancel(registration: Registration, *, by: Resident) -> Registration:
    """Give the place back, once (compare and set); raise CannotCancel when it is not held."""
    if not registration.can_cancel:
        raise CannotCancel
    now = timezone.now()
    changed = (
        Registration.objects.registered()
        .filter(pk=registration.pk)
        .update(status=RegistrationStatus.CANCELLED, cancelled_at=now, cancelled_by=by)
    )
    if not changed:
        raise CannotCancel
    registration.refresh_from_db()
    post("registration_cancelled", **mail.cancellation(registration))
    public_changed()
    return registration


def lock(event: EventPage) -> EventPage:
    """Return the event as it is now; nobody else can lock it until we commit."""
    return EventPage.objects.select_for_update(of=("self",)).get(pk=event.pk)


def _refuse_unless_possible(event: EventPage, party_size: int, joins_in: City | None) -> None:
    taken = event.registrations.active().places()
    if refusal := refusal_for(event, event.sign_up_state(taken)):
        raise refusal
    if party_size > event.max_party_size:
        raise PartyTooLarge(event.max_party_size)
    left = event.places_left(taken)
    if left is not None and party_size > left:
        raise EventFull(left)
    if joins_in and joins_in.pk not in {venue.city_id for venue in event.venue_list}:
        raise NoSuchVenue


def _take(registration: Registration, **choices: Any) -> None:
    for name, value in choices.items():
        setattr(registration, name, value)
    registration.status = RegistrationStatus.REGISTERED
    registration.created_at = timezone.now()
    registration.cancelled_at = registration.cancelled_by = None
    registration.save()
