"""Bring stored addresses into the one spelling of their mailbox.

Where two rows are the same mailbox then, the one that has the spelling keeps it and the other
stays as it is: nobody's account, confirmation or acts go.
"""

from typing import Any

from django.db import migrations
from django.utils.crypto import salted_hmac

from partnership.mailboxes import spelled


def respell(apps: Any, _schema_editor: Any) -> None:
    """Accounts first: an address that confirms one follows it."""
    residents = apps.get_model("people", "Resident").objects
    addresses = apps.get_model("account", "EmailAddress").objects
    for key, email in _misspelled(residents):
        if not residents.filter(email=spelled(email)).exists():
            residents.filter(pk=key).update(email=spelled(email))
    for key, email in _misspelled(addresses):
        _respell_address(addresses, addresses.get(pk=key), spelled(email))
    contacts = apps.get_model("people", "GuestContact").objects
    participants = apps.get_model("people", "Participant").objects
    for key, email in _misspelled(contacts):
        _respell_guest(participants, contacts.get(pk=key), spelled(email))


def _misspelled(rows: Any) -> list[tuple[int, str]]:
    found = rows.order_by("pk").values_list("pk", "email").iterator()
    return [(key, email) for key, email in found if email != spelled(email)]


def _respell_address(addresses: Any, address: Any, email: str) -> None:
    """One row for one account; a confirmed one of somebody else keeps the mailbox."""
    twin = addresses.filter(user=address.user_id, email=email).first()
    if address.verified and addresses.filter(email=email, verified=True).exists():
        if twin is not None and twin.verified:
            _join(address, twin)
        return
    if twin is not None:
        _join(address, twin)
        return
    address.email = email
    address.save(update_fields=("email",))


def _join(address: Any, twin: Any) -> None:
    verified, primary = address.verified or twin.verified, address.primary or twin.primary
    address.delete()
    twin.verified, twin.primary = verified, primary
    twin.save(update_fields=("verified", "primary"))


def _respell_guest(participants: Any, contact: Any, email: str) -> None:
    """The digest follows the address, unless another guest has it already."""
    guest, new = contact.participant, _digest(email)
    if guest.guest_digest == _digest(contact.email.strip().lower()):
        if participants.filter(guest_digest=new).exclude(pk=guest.pk).exists():
            return
        participants.filter(pk=guest.pk).update(guest_digest=new)
    contact.email = email
    contact.save(update_fields=("email",))


def _digest(email: str) -> str:
    return salted_hmac("partnership.people.guests", email, algorithm="sha256").hexdigest()


class Migration(migrations.Migration):
    dependencies = (
        ("people", "0004_staff_by_their_roles"),
        ("account", "0009_emailaddress_unique_primary_email"),
    )

    operations = (migrations.RunPython(respell, migrations.RunPython.noop),)
