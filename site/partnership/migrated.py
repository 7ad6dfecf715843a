"""Commands that need every table: where one is missing they say so, and do nothing."""

from typing import Any

from django.core.checks import run_checks
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

MIGRATE = "Run: python manage.py migrate"


class OnlyErrors(BaseCommand):
    """Says of the settings only what stops it.

    What could be better, such as a language without words of its own, is for ``check`` to say:
    whatever cron hears of a command it sends by mail, every night.
    """

    def check(self, *args: Any, **options: Any) -> None:
        if any(each.is_serious() and not each.is_silenced() for each in run_checks()):
            super().check(*args, **options)


class NeedsTables(OnlyErrors):
    """Ends with status 1 on a database that is not migrated; Django would only warn."""

    requires_migrations_checks = True

    def check_migrations(self) -> None:
        refuse_without_tables()


def refuse_without_tables() -> None:
    """Raise CommandError, with what to do, when a table may be missing or be an older one."""
    try:
        lacking = lacking_tables()
    except OperationalError as error:
        raise CommandError(f"The database does not answer: {error}") from error
    if lacking:
        raise CommandError(lacking)


def lacking_tables() -> str:
    """Return in a sentence that migrations are still to come; empty when there are none."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    still_to_come = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not still_to_come:
        return ""
    if not executor.loader.applied_migrations:
        return f"The database has no tables yet. {MIGRATE}"
    return f"The database is of an older release: {len(still_to_come)} migrations lack. {MIGRATE}"
