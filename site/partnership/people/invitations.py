"""Telling somebody of the account that was made for them."""

from django.db import transaction

from partnership.outbox.services import post
from partnership.people import mail
from partnership.people.models import Resident


@transaction.atomic
def invite(person: Resident, *, by: Resident) -> None:
    """Write to whoever was given an account; once, and not to oneself."""
    person.refresh_from_db(fields=("is_staff",))
    if person.pk != by.pk:
        post("account_made", **mail.invitation(person, by))
