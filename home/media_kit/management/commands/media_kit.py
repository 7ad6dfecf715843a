"""Write the media kit of one language into a file."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from home.media_kit.packing import pieces_of, published_kit
from partnership.migrated import NeedsTables
from partnership.pages.languages import CODES, DEFAULT
from partnership.tables.writing import write_whole


class Command(NeedsTables):
    """Writes the published kit; the same kit makes the same bytes."""

    help = (
        "Writes the published media kit in one language (names, texts, marks, pictures with "
        "their rights) into a zip."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--language", choices=CODES, default=DEFAULT)
        parser.add_argument("--output", required=True, help="The file, for example kit.zip.")

    def handle(self, *args: Any, language: str, output: str, **options: Any) -> None:
        kit = published_kit()
        if kit is None:
            raise CommandError("There is no published media kit.")
        path = Path(output)
        try:
            write_whole(path, pieces_of(kit, language))
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error
        self.stdout.write(f"Written: {path}")
