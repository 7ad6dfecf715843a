"""Accounts that were given a role or a city on the screens were never marked as staff."""

from typing import Any

from django.db import migrations
from django.db.models import Q


def mark(apps: Any, schema_editor: Any) -> None:
    """Mark as staff whoever administers, has a role, or works for a city."""
    residents = apps.get_model("people", "Resident").objects
    entrusted = Q(is_superuser=True) | Q(groups__isnull=False) | Q(edits_for__isnull=False)
    keys = list(residents.filter(entrusted, is_staff=False).values_list("pk", flat=True))
    residents.filter(pk__in=keys).update(is_staff=True)


class Migration(migrations.Migration):
    dependencies = (("people", "0003_another_public_body"),)

    operations = (migrations.RunPython(mark, migrations.RunPython.noop),)
