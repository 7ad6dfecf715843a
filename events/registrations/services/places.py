"""Take a place or a turn in the waiting list, change it, give it back."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from events.enums import SignUpState
from events.models import EventPage
from events.registrations import answers as given
from events.registrations import facts, mail
from events.registrations.codes import new_code
from events.registrations.enums import EXPECTED, Ending, RegistrationStatus
from events.registrations.guardians.mail import welcome
from events.registrations.models import Registration
from events.registrations.questions import questions_of
from events.registrations.refusals import (
    AlreadyHasPlace,
    CannotCancel,
    CannotChange,
    EventFull,
    GivenBackWithoutReason,
    GroupTooLargeToWait,
    NoSuchVenue,
    PartyTooLarge,
    QuotaFull,
    refusal_for,
    refusal_when_full,
)
from events.registrations.room import Room
from events.registrations.services import guardians, waiting
from partnership.cities.models import City
from partnership.mailboxes import spelled
from partnership.people import tokens
from partnership.people.models import Participant, Resident
from partnership.serving import public_changed

#: What the one-use tokens of the forms are good for.
PURPOSE = "registrations.sign_up"
CHANGE = "registrations.change"


@transaction.atomic
def sign_up(
    event: EventPage,
    *,
    participant: Participant,
    form_token: str,
    party_size: int = 1,
    joins_in: City | None = None,
    may_wait: bool = False,
    **details: Any,
) -> Registration:
    """Give the participant places at the event or a turn in its waiting list, or say why not.

    The event's row stays locked until we commit, so that two residents can never both take
    the last place. When nothing is free at all they wait; when there is something but not
    enough, EventFull says how much, and they wait if ``may_wait``. Whoever gave a place back
    before gets the same row again. ``joins_in`` is where they will sit; the city that counts
    is copied from the participant. ``details`` are those of ``_details``.
    """
    event = waiting.lock(event)
    tokens.spend(form_token, purpose=PURPOSE)
    room = Room.at(event, of=participant)
    if room.own and not room.own.is_given_back:
        raise AlreadyHasPlace
    if refusal := refusal_for(event, event.sign_up_window()):
        raise refusal
    _refuse_unless_possible(event, party_size, joins_in)
    city = participant.city
    registration = Registration(event=event, participant=participant, city=city)
    chosen = _details(registration, **details)
    registration.status = _status(room, city, party_size, may_wait=may_wait)
    for name, value in {**chosen, "joins_in": joins_in, "party_size": party_size}.items():
        setattr(registration, name, value)
    if room.own:  # everything is as new but the key and the code
        registration.pk, registration.code = room.own.pk, room.own.code
    registration.told = facts.digest(event)
    write(registration)
    waiting.tell(welcome(registration))
    public_changed()
    return registration


def _refuse_unless_possible(event: EventPage, party_size: int, joins_in: City | None) -> None:
    if party_size > event.max_party_size:
        raise PartyTooLarge(event.max_party_size)
    if joins_in and joins_in.pk not in {venue.city_id for venue in event.venue_list}:
        raise NoSuchVenue


def _status(
    room: Room, city: City | None, party_size: int, *, may_wait: bool
) -> RegistrationStatus:
    """Whether they get places now or wait.

    Raises EventFull, QuotaFull and GroupTooLargeToWait.
    """
    event, city_id = room.event, city.pk if city else None
    if room.is_open_to(city_id, party_size):
        return RegistrationStatus.REGISTERED
    left = 0 if room.is_queued_for(city_id) else room.left_for(city_id) or 0
    if not event.has_waiting_list or (left and not may_wait):
        raise refusal_when_full(room, city, places_left=left, may_wait=event.has_waiting_list)
    most = room.most_for(city_id)
    if most == 0:
        raise QuotaFull(event, city)
    if most is not None and party_size > most:
        raise GroupTooLargeToWait(most)
    return RegistrationStatus.WAITING


def _details(
    registration: Registration,
    *,
    language_code: str = "",
    needs: str = "",
    answers: dict[str, Any] | None = None,
    is_minor: bool = False,
    guardian_name: str = "",
    guardian_agrees: bool = False,
    guardian_email: str = "",
    guardian_language: str = "",
) -> dict[str, Any]:
    """Return what was written, by the names of columns.

    Raises AnswerRefused, and what ``consent_given`` raises for a minor.
    """
    event = registration.event
    consent = guardians.consent_given(
        event,
        registration,
        is_minor=is_minor,
        name=guardian_name.strip(),
        agrees=guardian_agrees,
        email=spelled(guardian_email),
        language=guardian_language,
    )
    return {
        "language_code": language_code,
        "needs": needs,
        "answers": given.checked(questions_of(event), answers or {}),
        **consent,
    }


def write(registration: Registration) -> None:
    """Save the row; should chance have drawn somebody's code again, with another one."""
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError:
        if not Registration.objects.filter(code=registration.code).exists():
            raise
        registration.code = new_code()
        registration.save()


@transaction.atomic
def change(
    registration: Registration,
    *,
    form_token: str,
    party_size: int,
    joins_in: City | None = None,
    **details: Any,
) -> Registration:
    """Change the size of the group and what was answered, or say why not; the turn is kept.

    Only a waiting group that grows goes to the end of the line, and it grows only while one can
    sign up. Locks the event's row, then the place's, which the door locks without the event's.
    """
    event = waiting.lock(registration.event)
    tokens.spend(form_token, purpose=CHANGE)
    registration = waiting.lock_place(registration, event)
    if not registration.can_change or event.sign_up_window() in {
        SignUpState.CANCELLED,
        SignUpState.OVER,
    }:
        raise CannotChange
    _refuse_unless_possible(event, party_size, joins_in)
    chosen = _details(registration, **details)
    if party_size > registration.party_size:
        _grow(registration, party_size)
    if chosen.get("guardian_email", registration.guardian_email) != registration.guardian_email:
        guardians.forget_mails(registration)
    for name, value in {**chosen, "party_size": party_size, "joins_in": joins_in}.items():
        setattr(registration, name, value)
    registration.save()
    waiting.tell(mail.changed(registration))
    waiting.offer_free_places(event)
    public_changed()
    return registration


def _grow(registration: Registration, party_size: int) -> None:
    """Whether a larger group has room; raises EventFull and GroupTooLargeToWait.

    More places are places taken: while nobody can sign up, raises what sign-up says then.
    """
    event = registration.event
    if refusal := refusal_for(event, event.sign_up_window()):
        refusal.field = "party_size"
        raise refusal
    room = Room.at(event, without=registration)
    city_id, size = registration.city_id, registration.party_size
    if registration.is_waiting:
        most = room.most_for(city_id)
        if most is not None and party_size > most:
            raise GroupTooLargeToWait(most)
        registration.created_at = timezone.now()
    elif registration.from_reserve or room.is_queued_for(city_id):
        raise EventFull(size)
    elif not room.fits(city_id, party_size):
        raise EventFull(room.left_for(city_id) or 0)


@transaction.atomic
def cancel(
    registration: Registration,
    *,
    by: Resident | None = None,
    because: str = "",
    told: Any = "",
    ending: Ending | None = None,
) -> Registration:
    """Give up the place, the offer or the wait, once; what becomes free goes to the next.

    ``by`` is None for a guest with the link of the mail; ``because`` is for staff who do it for
    somebody, ``told`` for whose place it was, ``ending`` what it is called.
    Locks the event's row, then the place's;
    raises CannotCancel when there is nothing to give up any more, or somebody came in.
    """
    event = waiting.lock(registration.event)
    before = waiting.lock_place(registration, event)
    if before.status not in EXPECTED or not before.can_cancel:
        raise CannotCancel
    was = RegistrationStatus(before.status)
    before.status, before.offer_expires_at = RegistrationStatus.CANCELLED, None
    before.cancelled_at, before.cancelled_by = timezone.now(), by
    before.cancelled_because, before.ended_as = because, ending or _ending_of(was)
    guardians.settle(before)
    before.save()
    waiting.tell(mail.cancellation(before, was=was, because=told))
    waiting.offer_free_places(event)
    public_changed()
    return before


def _ending_of(was: RegistrationStatus) -> Ending:
    return Ending.LEFT if was == RegistrationStatus.WAITING else Ending.GIVEN_BACK


def give_back_each(
    registrations: Iterable[Registration], *, by: Resident, reason: str
) -> tuple[list[Registration], list[Registration]]:
    """Give the places of several back for them; return whose were, and whose were not any more.

    Each stands for itself. Raises GivenBackWithoutReason.
    """
    if not reason.strip():
        raise GivenBackWithoutReason
    given_back, left = [], []
    for registration in registrations:
        try:
            given_back.append(cancel(registration, by=by, because=reason.strip()))
        except CannotCancel:
            left.append(registration)
    return given_back, left
