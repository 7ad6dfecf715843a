"""What becomes of a guest's places when the person makes an account."""

from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import guardians, waiting
from partnership.people.models import Participant
from partnership.serving import public_changed

#: From what is nothing any more to what cannot be taken back: a place is worth more than a turn.
WORTH = (
    RegistrationStatus.CANCELLED,
    RegistrationStatus.WAITING,
    RegistrationStatus.OFFERED,
    RegistrationStatus.NO_SHOW,
    RegistrationStatus.REGISTERED,
    RegistrationStatus.ATTENDED,
)


def merge(guest: Participant, account: Participant) -> None:
    """Give the account what the guest has; of two at one event the one that is worth more stays.

    When both are worth the same the account's own one does. Locks each event, then the places.
    """
    for registration in list(guest.registrations.select_related("event")):
        event = waiting.lock(registration.event)
        rows = event.registrations.select_for_update(of=("self",))
        place, own = rows.get(participant=guest), rows.filter(participant=account).first()
        if own:
            lesser = min(place, own, key=_worth)
            guardians.forget_mails(lesser)
            lesser.delete()
        rows.filter(participant=guest).update(participant=account)
        if own:
            waiting.offer_free_places(event)
            public_changed()


def _worth(registration: Registration) -> int:
    return WORTH.index(RegistrationStatus(registration.status))
