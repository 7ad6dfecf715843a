"""Compute the public log again, and say where it is not what it was."""

import argparse
import re
from typing import Any

from django.core.management.base import CommandError

from partnership.ledger.chain import first_broken
from partnership.ledger.models import LedgerEntry
from partnership.migrated import NeedsTables


class Command(NeedsTables):
    """Ends with 0 when every entry is what it was, with 1 when one is not."""

    help = (
        "Computes every hash of the public log again, with what was signed and who signed it."
        " Says the first entry that is not what it was, and ends with status 1 then."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            default="",
            help="a hash that was noted earlier, of 64 signs; one entry must still have it",
        )

    def handle(self, *args: Any, head: str = "", **options: Any) -> None:
        noted = head.strip().lower()
        if noted and not re.fullmatch("[0-9a-f]{64}", noted):
            raise CommandError("--head: a hash has 64 signs, from 0 to 9 and from a to f.")
        broken = first_broken(noted)
        if broken is not None:
            number, why = broken
            raise CommandError(f"Entry {number}: {why}")
        last = LedgerEntry.objects.first()
        if last is None:
            self.stdout.write("Nothing is signed yet.")
        else:
            self.stdout.write(f"Entries: {last.number}, every one as it was. Head: {last.hash}")
