"""Writes everything that cannot be made again into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from partnership.backups.refusals import CannotBackUp
from partnership.backups.services import KEPT_DAYS, back_up, forget_older
from partnership.migrated import OnlyErrors


class Command(OnlyErrors):
    help = (
        "Write the database and the uploads into one file, while the site goes on; delete those "
        "in the same folder that are too old. SECRET_KEY is not in it: keep that elsewhere."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--output", type=Path, metavar="FOLDER", help="where to; backups/ in VAR_DIR without it"
        )
        parser.add_argument(
            "--keep-days",
            type=int,
            default=KEPT_DAYS,
            metavar="DAYS",
            help=f"how long backups are kept in that folder; {KEPT_DAYS} without it, 0 for ever",
        )

    def handle(self, *, output: Path | None, keep_days: int, **_options: Any) -> None:
        if keep_days < 0:
            raise CommandError("--keep-days is not below 0.")
        folder = output or Path(settings.VAR_DIR) / "backups"
        try:
            written = back_up(folder)
            old = forget_older(folder, than_days=keep_days) if keep_days else []
        except (CannotBackUp, OSError) as refusal:
            raise CommandError(f"There is no backup: {refusal}") from refusal
        for path in old:
            self.stdout.write(f"{path.name} was older than {keep_days} days and is gone.")
        self.stdout.write(str(written))
