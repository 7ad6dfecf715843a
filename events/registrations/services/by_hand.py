"""Staff give a place to somebody who has no address, who phones, or who stands at the door."""

from django.db import transaction

from events.enums import SignUpState
from events.models import EventPage
from events.registrations import facts
from events.registrations.models import Registration
from events.registrations.refusals import NoPlaceLeft, refusal_for
from events.registrations.room import Room
from events.registrations.services import waiting
from events.registrations.services.places import write
from partnership.cities.models import City
from partnership.people import guests, tokens
from partnership.people.models import Resident
from partnership.serving import public_changed

PURPOSE = "registrations.by_hand"
#: In these nobody is entered; closed, full and not yet open are for those who sign up themselves.
NEVER = (
    *(SignUpState.NOT_NEEDED, SignUpState.CANCELLED),
    *(SignUpState.POSTPONED, SignUpState.OVER),
)


@transaction.atomic
def enter(
    event: EventPage,
    *,
    by: Resident,
    name: str,
    city: City | None,
    language_code: str,
    party_size: int,
    form_token: str,
) -> Registration:
    """Give a group places at once, whoever waits; nobody is written to.

    They are free ones, or else of those kept back. ``name`` may be empty: then nobody is named.
    Locks the event's row. Raises what the event refuses everybody with, NoPlaceLeft, and what
    ``tokens.spend`` raises.
    """
    event = waiting.lock(event)
    tokens.spend(form_token, purpose=PURPOSE)
    state = event.sign_up_window()
    if state in NEVER and (refusal := refusal_for(event, state)):
        raise refusal
    room, city_id = Room.at(event), city.pk if city else None
    is_free = room.fits(city_id, party_size)
    if not is_free and party_size > room.in_reserve:
        raise NoPlaceLeft(max(room.left_for(city_id) or 0, room.in_reserve))
    guest = guests.introduce(name.strip(), city=city, language_code=language_code)
    registration = Registration(
        event=event, participant=guest, city=city, party_size=party_size, promoted_by=by
    )
    registration.from_reserve, registration.told = not is_free, facts.digest(event)
    write(registration)
    public_changed()
    return registration
