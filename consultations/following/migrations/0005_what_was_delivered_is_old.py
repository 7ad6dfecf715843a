"""On a living site nobody is told of what promises delivered before: mails begin with what comes."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from partnership.pages.migrations_for_languages import LanguageMigration


def begin(apps: Any, schema_editor: Any) -> None:
    """Take milestones, readings and verdicts that readers know as told."""
    now = timezone.now()
    steps = apps.get_model("following", "DeliveryStep")

    def known(commitment: int, kind: str, subject: str, **says: str) -> Any:
        told = {"kind": kind, "subject": f"{kind}:{subject}", "says": says}
        return steps(commitment_id=commitment, noticed_at=now, listed_at=now, **told)

    milestones = apps.get_model("delivery", "Milestone").objects
    readings = apps.get_model("delivery", "Reading").objects
    verdicts = apps.get_model("reviews", "CommitmentReview").objects
    steps.objects.bulk_create(
        known(
            row.commitment_id,
            "milestone",
            str(row.pk),
            planned_on=row.planned_on.isoformat(),
            reached_on=row.reached_on.isoformat() if row.reached_on else "",
        )
        for row in milestones.filter(commitment__roadmap__live=True).order_by("pk")
    )
    steps.objects.bulk_create(
        known(
            row.indicator.commitment_id,
            "reading",
            f"{row.indicator_id}:{row.read_on}:{row.city_id}",
            value=str(row.value),
        )
        for row in readings.filter(indicator__commitment__roadmap__live=True)
        .select_related("indicator")
        .order_by("pk")
    )
    steps.objects.bulk_create(
        known(row.commitment_id, "verdict", str(row.review_id), verdict=row.verdict)
        for row in verdicts.exclude(review__signed_at=None).order_by("pk")
    )


class Migration(LanguageMigration):
    dependencies = [
        ("following", "0004_what_promises_delivered"),
        ("delivery", "0001_money_indicators_milestones"),
        ("reviews", "0001_the_annual_review"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
