"""Guests who came with an older spelling of their mailbox: they are the guest of today's."""

from collections.abc import Callable

from django.db.models.functions import Greatest

from partnership.mailboxes import spelled
from partnership.people.digests import older_digests
from partnership.people.models import GuestContact, Participant


def join(
    guest: Participant, email: str, *, merge: Callable[[Participant, Participant], None]
) -> None:
    """Let whoever came with an older spelling become one with this guest; nothing is lost.

    Of most addresses there is none, and nobody asks the database. Locks the older ones.
    """
    older = older_digests(email)
    if not older:
        return
    for same in Participant.objects.select_for_update().filter(guest_digest__in=older):
        _hand_on_contact(same, guest, email)
        merge(same, guest)


def _hand_on_contact(same: Participant, guest: Participant, email: str) -> None:
    """The details go along unless there are newer ones; these are kept as long as they were."""
    contact = GuestContact.objects.filter(participant=same).first()
    if contact is None:
        return
    newer = GuestContact.objects.filter(participant=guest)
    if newer.exists():
        newer.update(keep_until=Greatest("keep_until", contact.keep_until))
        contact.delete()
    else:
        GuestContact.objects.filter(pk=contact.pk).update(participant=guest, email=spelled(email))
