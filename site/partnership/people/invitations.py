"""Telling somebody of the account that was made for them, or of what staff changed in it."""

from django.db import transaction

from partnership.outbox.services import post
from partnership.pages import languages
from partnership.people import mail
from partnership.people.models import Resident


@transaction.atomic
def invite(person: Resident, *, by: Resident) -> None:
    """Write to whoever was given an account; once, and not to oneself."""
    person.refresh_from_db(fields=("is_staff",))
    if person.pk != by.pk:
        post("account_made", **mail.invitation(person, by))


@transaction.atomic
def tell_of_changes(person: Resident, *, address_before: str, has_new_password: bool) -> None:
    """Write to whoever can be reached at the address until now, so that they would notice.

    Where both have changed, the old address hears of the new one: that may be somebody else's.
    """
    kind = ""
    if address_before != person.email:
        kind = "account/address_changed"
    elif has_new_password:
        kind = "account/password_changed"
    if kind:
        post(
            kind,
            to=address_before,
            language_code=languages.known_or_active(person.language_code),
            context={"new_address": person.email},
        )
