"""Write the pages a web server shows where the site behind it is not asked or does not answer."""

import argparse
import re
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.management.base import CommandError
from django.template.loader import render_to_string
from django.utils import translation

from partnership.interface.storage import SHEET, paste
from partnership.migrated import OnlyErrors
from partnership.pages.languages import DEFAULT

#: What the page would fetch from the site; its letters are the reader's own.
FETCHED = re.compile(r"\s*<link rel=\"(?:icon|stylesheet)\"[^>]*>")
LETTERS = "fonts.css"
AWAY, TOO_LARGE = "503.html", "413.html"


class Command(OnlyErrors):
    """Needs no database, and what it writes needs no site."""

    help = (
        "Writes the page that says in every language that the site is out for a moment, with its"
        " style sheet in it: for the web server to show while the site starts again. With"
        " --too-large the page for a body that is larger than the web server lets through."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="where to; it is replaced")
        parser.add_argument(
            "--too-large", action="store_true", help="what was sent is too large, instead"
        )

    def handle(self, *args: Any, file: Path, too_large: bool, **options: Any) -> None:
        try:
            with translation.override(DEFAULT):
                page = render_to_string(TOO_LARGE if too_large else AWAY)
        except ValueError as error:  # it names files as they are once they were collected
            raise CommandError("Run first: python manage.py collectstatic --noinput") from error
        sheet = f"</title>\n  <style>{_sheet()}</style>"
        try:
            file.write_text(FETCHED.sub("", page).replace("</title>", sheet, 1), "utf-8")
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Written: {file}")


def _sheet() -> str:
    """Return the style sheet as one text that leads nowhere."""
    whole = Path(str(finders.find(SHEET)))

    def read(path: str) -> str:
        return "" if path == LETTERS else (whole.parent / path).read_text("utf-8")

    return paste(whole.read_text("utf-8"), read)
