"""What keeps two phases of a consultation apart in the table itself."""

from typing import Any

from django.db import migrations

from consultations import phases_apart
from partnership.pages.migrations_for_languages import LanguageMigration


def protect(apps: Any, schema_editor: Any) -> None:
    phases_apart.protect(schema_editor.connection)


def lift(apps: Any, schema_editor: Any) -> None:
    phases_apart.lift(schema_editor.connection)


class Migration(LanguageMigration):
    replaces = [("consultations", "0017_phases_never_overlap")]
    dependencies = [("consultations", "0002_statements_and_conversation")]

    operations = [migrations.RunPython(protect, lift)]
