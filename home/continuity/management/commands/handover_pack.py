"""Write what whoever comes next must know into one file."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from home.continuity.handover import pack
from partnership import continuity
from partnership.migrated import NeedsTables
from partnership.tables.writing import write_whole


class Command(NeedsTables):
    """Writes the handover pack; on the same day the same data makes the same bytes."""

    help = (
        "Writes the bond and what it rests on, open promises, what is overdue, who works for "
        "which city and what is open, in every language, into one zip that only you can read."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--output", required=True, help="The file, for example handover.zip.")

    def handle(self, *args: Any, output: str, **options: Any) -> None:
        path = Path(output)
        try:
            write_whole(path, pack(continuity.today()))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error
        self.stdout.write(f"Written: {path}")
