"""What becomes of a guest's places when the person makes an account."""

from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from events.registrations.services import waiting
from partnership.people.models import Participant
from partnership.serving import public_changed


def merge(guest: Participant, account: Participant) -> None:
    """Give the account what the guest has; where it has a place itself, its own one stays.

    A place the account gave back is no place: the guest's goes before it. Locks each event.
    """
    for registration in list(guest.registrations.select_related("event")):
        event = waiting.lock(registration.event)
        own = Registration.objects.filter(event=event, participant=account).first()
        if own and own.status != RegistrationStatus.CANCELLED:
            registration.delete()
            waiting.offer_free_places(event)
            public_changed()
            continue
        if own:
            own.delete()
        Registration.objects.filter(pk=registration.pk).update(participant=account)
