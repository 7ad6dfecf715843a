"""The triggers that keep what was signed as it was."""

from typing import Any

from django.db import migrations

from partnership.ledger import append_only
from partnership.pages.migrations_for_languages import LanguageMigration


def protect(apps: Any, schema_editor: Any) -> None:
    append_only.protect(schema_editor.connection)


def lift(apps: Any, schema_editor: Any) -> None:
    append_only.lift(schema_editor.connection)


class Migration(LanguageMigration):
    dependencies = [("ledger", "0001_first_release")]

    operations = [migrations.RunPython(protect, lift)]
