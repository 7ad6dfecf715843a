"""Fill an empty site with the demo partnership."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser

from home.new_site import is_empty
from partnership.demo.seed import seed
from partnership.migrated import NeedsTables
from partnership.refusals import Refused


def positive(text: str) -> int:
    """Return a whole number above zero."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError("must be a whole number above zero")
    return int(text)


class Command(NeedsTables):
    help = "Make the demo partnership: two invented cities, their events, words and promises."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="Count all dates from this day (YYYY-MM-DD)."
        )
        parser.add_argument(
            "--scale", type=positive, default=1, help="Multiply residents and what they said."
        )
        parser.add_argument("--force", action="store_true", help="Replace a site with content.")
        parser.add_argument("--if-empty", action="store_true", help="Do nothing on such a site.")

    def handle(
        self, *, today: date | None, scale: int, force: bool, if_empty: bool, **options: Any
    ) -> None:
        if if_empty and not is_empty():
            return
        try:
            made = seed(today=today, scale=scale, force=force)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The demo partnership is ready; its today is {made.today}.")
