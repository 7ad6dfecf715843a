"""Adds the columns of a partner language to a database that has been in use without it."""

from typing import Any

from django.core.management.base import BaseCommand

from partnership.pages.columns import add_column, fill_paths, missing_columns


class Command(BaseCommand):
    help = (
        "Add the columns of languages that came into PARTNER_LANGUAGES after the first migrate. "
        "Run it before and after migrate; running it again does no harm."
    )
    requires_system_checks = ()  # one of them is what this command puts right

    def handle(self, **_options: Any) -> None:
        missing = list(missing_columns())
        for model, field in missing:
            add_column(model, field)
            self.stdout.write(f"Added {model._meta.db_table}.{field.column}")
        if missing:
            fill_paths()
        else:
            self.stdout.write("Nothing to add.")
