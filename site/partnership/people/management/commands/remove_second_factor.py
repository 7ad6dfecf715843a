"""Take the second step from an account whose owner lost phone and codes."""

import argparse
from typing import Any

from django.core.management.base import CommandError

from partnership.mailboxes import spelled
from partnership.migrated import NeedsTables
from partnership.people.models import Resident
from partnership.people.second_factor.services import take_away


class Command(NeedsTables):
    """For the last administrator; for everybody else an administrator does it."""

    help = (
        "Takes the second step at sign-in, and its recovery codes, from one account, and"
        " writes to its owner. Ends with status 1 when there is no such account or it has none."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the e-mail address of the account")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        resident = Resident.objects.filter(email=spelled(email)).first()
        if resident is None:
            raise CommandError(f"No account has the address {email}.")
        if not take_away(resident, by=None):
            raise CommandError(f"The account {resident.email} has no second step.")
        self.stdout.write(f"{resident.email} signs in without a second step now.")
