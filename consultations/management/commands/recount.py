"""Compare the figures that are kept with the rows they come from; put them right if asked."""

import argparse
from typing import Any

from django.core.management.base import CommandError

from consultations.models import ConsultationPage
from consultations.tallies import Drift, drift, drift_of_comments, recount
from partnership.migrated import NeedsTables
from partnership.serving import public_changed


class Command(NeedsTables):
    """Ends with 0 when every figure equals its rows, with 1 when one does not."""

    help = (
        "Compares every figure that is kept (votes, people taking part, replies to comments and"
        " their support) with the rows it is counted from, in every consultation or in those"
        " named. Ends with status 1 when one is wrong; --repair counts again."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("slugs", nargs="*", help="the consultations; all without any")
        parser.add_argument(
            "--repair",
            action="store_true",
            help="make the totals anew; votes sent meanwhile wait and are counted after it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for consultation in _consultations(options["slugs"]):
            found = recount(consultation) if options["repair"] else _looked_for(consultation)
            wrong += len(found)
            self._tell(consultation, found)
        if wrong and options["repair"]:
            public_changed()
            self.stdout.write(f"{wrong} wrong figures were counted again.")
        elif wrong:
            raise CommandError(f"{wrong} figures differ from their rows; --repair counts again.")

    def _tell(self, consultation: ConsultationPage, found: list[Drift]) -> None:
        if not found:
            self.stdout.write(f"{consultation.slug}: every figure equals its rows.")
        for where, kept, counted in found:
            self.stdout.write(f"{consultation.slug}: {where}: kept {kept}, counted {counted}")


def _looked_for(consultation: ConsultationPage) -> list[Drift]:
    return [*drift(consultation), *drift_of_comments(consultation)]


def _consultations(slugs: list[str]) -> list[ConsultationPage]:
    pages = ConsultationPage.objects.order_by("pk")
    if not slugs:
        return list(pages)
    found = list(pages.filter(slug__in=slugs))
    if missing := sorted(set(slugs) - {page.slug for page in found}):
        raise CommandError(f"No such consultation: {', '.join(missing)}")
    return found
