"""Say what is overdue in the partnership."""

import argparse
import json
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import translation

from partnership import continuity
from partnership.continuity import Check, Concern
from partnership.migrated import NeedsTables
from partnership.pages.languages import CODES, DEFAULT

TEXT, JSON = "text", "json"


class Command(NeedsTables):
    """Ends with 0 when nothing is overdue, with 1 when something is."""

    help = (
        "Says what is overdue in the partnership, by the name of each check, and ends with "
        "status 1 when anything is. The names never change."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--format", choices=(TEXT, JSON), default=TEXT)
        parser.add_argument(
            "--language", choices=CODES, default=DEFAULT, help="The language of the sentences."
        )

    def handle(self, *args: Any, language: str = DEFAULT, **options: Any) -> None:
        today = continuity.today()
        with translation.override(language):
            found = continuity.concerns(today)
            if options["format"] == JSON:
                rows = [_row(check, each) for check, some in found.items() for each in some]
                told = {"day": today.isoformat(), "overdue": rows}
                self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            else:
                self._tell(found)
        number = sum(map(len, found.values()))
        if number:
            raise CommandError(f"Overdue: {number}")

    def _tell(self, found: dict[Check, list[Concern]]) -> None:
        if not found:
            self.stdout.write("Nothing is overdue.")
        for check, concerns in found.items():
            self.stdout.write(f"{check.name}: {check.heading}")
            for each in concerns:
                self.stdout.write(f"  {each.due or '-'}  {each.words}")


def _row(check: Check, concern: Concern) -> dict[str, Any]:
    return {
        "check": check.name,
        "heading": str(check.heading),
        "words": concern.words,
        "due": concern.due and concern.due.isoformat(),
        "cities": [city.code for city in concern.cities],
        "edit_url": f"{settings.BASE_URL}{concern.edit_url}",
    }
