"""What a reader sees of the places at an event, and of their own."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.clocks import on_every_clock
from events.enums import EventStatus, SignUpState
from events.models import EventPage
from events.registrations.answers import told
from events.registrations.enums import RegistrationStatus
from events.registrations.guardians.words import held_until
from events.registrations.models import Registration
from events.registrations.questions import questions_of
from events.registrations.refusals import QuotaFull, refusal_for, refusal_when_full
from events.registrations.room import Room, position_of
from partnership.cities.models import City
from partnership.refusals import Refused


def own_place(event: EventPage, user: Any) -> Registration | None:
    """Return what the reader with an account has at the event: a place, an offer, a turn."""
    if not (event.pk and user.is_authenticated):
        return None
    own = event.registrations.exclude(status=RegistrationStatus.CANCELLED).of(user)
    registration = own.select_related("joins_in").first()
    if registration:
        registration.event = event
    return registration


def own_places(events: Iterable[EventPage], user: Any) -> dict[int, str]:
    """What the reader with an account has at each of the events, in words; one query."""
    known = {event.pk: event for event in events}
    if not (known and user.is_authenticated):
        return {}
    own = Registration.objects.exclude(status=RegistrationStatus.CANCELLED).of(user)
    found = {place.event_id: place for place in own.filter(event__in=known)}
    told = {pk: _own_in_words(place, known[pk]) for pk, place in found.items()}
    return {pk: words for pk, words in told.items() if words}


def _own_in_words(place: Registration, event: EventPage) -> str:
    """A place, a turn or an offer; of what is over or called off only that there was a place."""
    people = place.party_size
    if event.is_over or event.event_status == EventStatus.CANCELLED:
        words = ngettext("You had a place", "You had %(people)s places", people)
        return words % {"people": people} if place.is_registered else ""
    if place.is_waiting:
        return _("You are on the waiting list")
    if place.is_offered:
        return _("A place is free for you")
    if place.awaits_guardian:
        return _("A place is held for you")
    if people == 1:
        return _("You have a place")
    words = ngettext("You have %(people)s place", "You have %(people)s places", people)
    return words % {"people": people}


def sign_up_context(event: EventPage, form: Any, user: Any) -> dict[str, Any]:
    """What the page of the form shows; why there is none is told only before anything is sent."""
    state = event.sign_up_window()
    room = Room.at(event)
    refusal = None if form.is_bound else refusal_for(event, state)
    waits = can_only_wait(room, user)
    if waits and not form.is_bound:
        refusal = refusal or _in_vain(room, user)
    own = own_place(event, user)
    return {
        "event": event,
        "form": form,
        "refusal": refusal,
        "waits": why_one_waits(room, user) if waits and not refusal else "",
        **shared(event, room),
        **(place_context(own) if own else {}),
    }


def can_only_wait(room: Room, user: Any) -> bool:
    """Whether this reader can only wait; a visitor's city is not known yet."""
    if user.is_authenticated:
        return not room.is_open_to(user.city_id)
    return not room.is_open_to_somebody


def why_one_waits(room: Room, user: Any) -> str:
    """Why there is no place at once; not that all are taken beside a bar that shows some."""
    if room.quotas and room.is_open_to_somebody:
        return str(QuotaFull(room.event, user.city))
    return _("All places are taken.")


def _in_vain(room: Room, user: Any) -> Refused | None:
    """Why this reader cannot even wait; None where there is a list that leads to a place."""
    city = user.city if user.is_authenticated else None
    if not room.event.has_waiting_list:
        return refusal_when_full(room, city)
    in_vain = user.is_authenticated and room.most_for(user.city_id) == 0
    return QuotaFull(room.event, city) if in_vain else None


def shared(event: EventPage, room: Room) -> dict[str, Any]:
    """The bars, and until when places are kept for cities."""
    shown: dict[str, Any] = {"bars": room.bars(list(City.objects.all()) if room.quotas else [])}
    if room.quotas and event.quotas_release_at:
        shown["kept_until"] = on_every_clock(event.quotas_release_at)
    return shown


def panel_context(
    event: EventPage, state: SignUpState, user: Any, own: Registration | None
) -> dict[str, Any]:
    """What the panel beside the event shows; ``own`` is what the reader has there already."""
    if own:
        return {"event": event, **place_context(own)}
    room = Room.at_a_glance(event)
    shown = {"event": event, "state": state, **shared(event, room)}
    waits = can_only_wait(room, user)
    is_open = event.sign_up_window() == SignUpState.OPEN
    refusal = (_in_vain(room, user) if waits else None) if is_open else refusal_for(event, state)
    if refusal or not is_open:
        return {**shown, "refusal": refusal}
    shown["waits"] = why_one_waits(room, user) if waits else ""
    if event.sign_up_closes_at:
        shown["closes"] = on_every_clock(event.sign_up_closes_at)
    is_short = not (event.takes_minors or questions_of(event)) if user.is_authenticated else False
    return {**shown, "method": "post" if is_short else "get"}


def place_context(registration: Registration) -> dict[str, Any]:
    """What its holder sees of a place: the turn in line, the end of an offer or of a wait.

    The offer of an event that is postponed has no end for now.
    """
    event, ends_at = registration.event, registration.offer_expires_at
    return {
        "registration": registration,
        "event": event,
        "position": position_of(registration),
        "offer_ends": on_every_clock(ends_at) if ends_at and not event.is_postponed else "",
        "held_until": held_until(registration),
    }


def answers_told(registration: Registration) -> list[dict[str, str]]:
    """Return question and answer in words, for those that were answered."""
    rows = (
        {"question": question.text, "answer": told(question, value)}
        for question in questions_of(registration.event)
        if (value := registration.answers.get(question.identifier)) not in (None, "", [])
    )
    return list(rows)
