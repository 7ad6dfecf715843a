"""Publish the final results of a consultation."""

from typing import Any

from django.core.management.base import CommandError

from consultations.models import ConsultationPage
from consultations.snapshots.services import freeze
from partnership.migrated import NeedsTables
from partnership.refusals import Refused


class Command(NeedsTables):
    help = "Freezes the results of a closed consultation and publishes them with their SHA-256."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slug", help="The consultation's address.")
        parser.add_argument(
            "--reason", default="", help="Why published figures are replaced; everybody reads it."
        )

    def handle(self, *, slug: str, reason: str, **options: Any) -> None:
        consultation = ConsultationPage.objects.filter(slug=slug).first()
        if consultation is None:
            raise CommandError(f'There is no consultation "{slug}".')
        try:
            snapshot = freeze(consultation, reason=reason)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{slug}: results {snapshot.number} are final, SHA-256 {snapshot.digest}")
