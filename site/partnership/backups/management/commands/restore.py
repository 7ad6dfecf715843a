"""Puts a backup back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from partnership.backups.refusals import CannotRestore
from partnership.backups.services import put_back
from partnership.migrated import OnlyErrors


class Command(OnlyErrors):
    help = (
        "Put a backup back: compare it whole, load database and uploads, migrate, and erase again "
        "whoever was erased since. Stop the web server and the clock first."
    )
    requires_system_checks = ()  # there may be no tables yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what manage.py backup has written")
        parser.add_argument(
            "--force", action="store_true", help="in the place of the site that is there"
        )

    def handle(self, *, file: Path, force: bool, **_options: Any) -> None:
        try:
            again = put_back(file, in_place_of_all=force)
        except CannotRestore as refusal:
            raise CommandError(f"Nothing was changed: {refusal}") from refusal
        self.stdout.write("Everything is back. Start the web server and the clock again.")
        if again:
            self.stdout.write(f"Erased since it was made, and erased again: {again}.")
