"""Compare the final results with their digest and with what is counted today."""

from typing import Any

from django.core.management.base import CommandError

from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.services import Verification, verify
from partnership.migrated import NeedsTables


class Command(NeedsTables):
    """Ends with 0 when every snapshot is what was published and nothing has drifted."""

    help = (
        "Computes the SHA-256 of published results again and counts everything again. Ends with"
        " status 1 when a snapshot was altered or today's figures differ from the latest one."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("slugs", nargs="*", help="the consultations; all without any")

    def handle(self, *, slugs: list[str], **options: Any) -> None:
        snapshots = ResultSnapshot.objects.select_related("consultation")
        if slugs:
            snapshots = snapshots.filter(consultation__slug__in=slugs)
            missing = set(slugs) - set(snapshots.values_list("consultation__slug", flat=True))
            if missing:
                raise CommandError(f"No final results: {', '.join(sorted(missing))}")
        wrong = 0
        known: set[int] = set()
        for snapshot in snapshots:
            is_latest = snapshot.consultation_id not in known
            known.add(snapshot.consultation_id)
            wrong += self._tell(verify(snapshot), is_latest=is_latest)
        if wrong:
            raise CommandError(f"{wrong} things differ.")

    def _tell(self, found: Verification, *, is_latest: bool) -> int:
        """Say what is wrong with one of them; only the latest is compared with today."""
        name = f"{found.snapshot.consultation.slug}, {found.snapshot.number}"
        if not found.is_intact:
            self.stdout.write(f"{name}: altered, it no longer has the SHA-256 it was given")
        drift = found.drift if is_latest else ()
        for kind, key, city, frozen, now in drift:
            self.stdout.write(f"{name}: {kind} {key}, {city}: published {frozen}, today {now}")
        if found.is_intact and not drift:
            self.stdout.write(f"{name}: as published, SHA-256 {found.snapshot.digest}")
        return len(drift) + (not found.is_intact)
