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
    dependencies = [("consultations", "0016_addresses_that_are_spent")]

    operations = [migrations.RunPython(protect, lift)]
