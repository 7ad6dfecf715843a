"""The database itself refuses two phases of one consultation at the same instant.

PostgreSQL has a constraint for it, which also decides between two who write at once. SQLite has
triggers, and lets nobody else write meanwhile; it drops them without a word when a migration
builds the table anew, so they are put back after every ``migrate``.
"""

from typing import Any

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

TABLE = "consultations_phase"
NAME = "phases_never_overlap"
MIGRATION = ("consultations", "0003_phases_never_overlap")
MESSAGE = "consultations: phases never overlap"
OVERLAPS = (
    f"SELECT 1 FROM {TABLE} WHERE consultation_id = NEW.consultation_id AND id <> NEW.id"  # noqa: S608 - our own words
    " AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at"
)
CONSTRAINT = (
    f"ALTER TABLE {TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist ("
    "int8range(consultation_id, consultation_id, '[]') WITH &&,"
    " tstzrange(starts_at, ends_at) WITH &&)"
)


def protect(connection: Any) -> None:
    """Put the constraint or the triggers on the table; can be run at any time."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(CONSTRAINT)
            return
        for act in ("INSERT", "UPDATE"):
            cursor.execute(
                f"CREATE TRIGGER {NAME}_{act.lower()} AFTER {act} ON {TABLE}"
                f" WHEN EXISTS ({OVERLAPS}) BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )


def lift(connection: Any) -> None:
    """Take them off, for a migration back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {NAME}")
            return
        for act in ("insert", "update"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {NAME}_{act}")


def protect_again(using: str, **kwargs: Any) -> None:
    """After a migration: a table that SQLite built anew has lost its triggers."""
    connection = connections[using]
    if (
        connection.vendor == "sqlite"
        and MIGRATION in MigrationRecorder(connection).applied_migrations()
    ):
        protect(connection)


def make_room(page: Any) -> None:
    """Take away the stored phases of a page that move, so that they can be written anew.

    Rows are written one after the other: moved one by one, a phase would stand for a moment
    where the next one still is.
    """
    to_write = getattr(page, "_cluster_related_objects", {}).get("phases")
    if not to_write:  # what is not at hand stays as it is stored
        return
    phases = page._meta.get_field("phases").related_model.objects
    stored = phases.filter(consultation=page.pk)
    times = {pk: when for pk, *when in stored.values_list("pk", "starts_at", "ends_at")}
    moved = [
        phase.pk
        for phase in to_write
        if phase.pk in times and times[phase.pk] != [phase.starts_at, phase.ends_at]
    ]
    if moved:
        stored.filter(pk__in=moved).delete()
