"""Promises that a signed review carried over were shown as late until somebody changed them."""

from typing import Any

from django.db import migrations

from partnership.pages.migrations_for_languages import LanguageMigration


def carry_over(apps: Any, schema_editor: Any) -> None:
    """Let them say what every city has signed."""
    judged = apps.get_model("reviews", "CommitmentReview").objects
    carried = judged.filter(verdict="carried_over", review__signed_at__isnull=False)
    keys = list(carried.values_list("commitment", flat=True))
    promises = apps.get_model("roadmap", "Commitment").objects.filter(pk__in=keys)
    promises.filter(status__in=("agreed", "in_progress")).update(status="continued")


class Migration(LanguageMigration):
    dependencies = [("reviews", "0001_the_annual_review")]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
