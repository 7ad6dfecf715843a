"""Django's makemigrations, for the reference pair of languages."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.makemigrations import Command as DjangoCommand
from django.db.migrations.writer import MigrationWriter

from partnership.pages.languages import CODES, REFERENCE

PLAIN = "class Migration(migrations.Migration)"
OURS = "class Migration(LanguageMigration)"
IMPORT = "from partnership.pages.migrations_for_languages import LanguageMigration\n"


class Command(DjangoCommand):
    help = "Write migrations; each fits any pair of partner languages."

    def write_migration_files(self, changes: Any, *args: Any, **kwargs: Any) -> None:
        if CODES != REFERENCE and not self.dry_run:
            pair = ",".join(REFERENCE)
            raise CommandError(f"Run makemigrations with PARTNER_LANGUAGES={pair}.")
        super().write_migration_files(changes, *args, **kwargs)
        if self.dry_run:
            return
        for migrations in changes.values():
            for migration in migrations:
                _make_ours(Path(MigrationWriter(migration, self.include_header).path))


def _make_ours(path: Path) -> None:
    text = path.read_text()
    if OURS in text:
        return
    text = text.replace(PLAIN, OURS)
    before, _marker, after = text.partition("from django.db import migrations")
    path.write_text(f"{before}from django.db import migrations{_with_import(after)}")


def _with_import(after: str) -> str:
    first_line, _newline, rest = after.partition("\n")
    return f"{first_line}\n{IMPORT}{rest}"
