"""Gives a test database back the rows it began with, after a test that committed.

Faster than to empty every table and to fill those again that migrations fill; and records that
refuse to be deleted need no door to be let out by.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction

#: Beside the tables, on PostgreSQL: a copy of each that has rows at the beginning.
SCHEMA = "beginning"
TABLES = """
SELECT relname, (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
                 WHERE attrelid = pg_class.oid AND attnum > 0
                   AND NOT attisdropped AND attgenerated = '')
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def keep(connection: Any) -> None:
    """Keep what the database holds now; ``remove()`` throws it away."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.execute("VACUUM INTO ?", (_file(connection),))
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for table, columns in _tables(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 - our own tables
            if cursor.fetchone()[0]:
                rows = f'SELECT {columns} FROM "{table}"'  # noqa: S608 - our own tables
                cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS {rows}')


def restore(connection: Any) -> None:
    """Make it so again, whatever was committed since; sequences go on."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        take_over(connection, Path(_file(connection)))
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither triggers nor foreign keys are asked: every row goes, and the old ones fit.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
        kept = {table for (table,) in cursor.fetchall()}
        for table, columns in _tables(cursor):
            cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own tables
            if table in kept:
                rows = f'SELECT {columns} FROM {SCHEMA}."{table}"'  # noqa: S608 - our own tables
                cursor.execute(f'INSERT INTO "{table}" ({columns}) {rows}')


def take_over(connection: Any, path: Path) -> None:
    """Give the SQLite database all that this one holds, in place of what is there."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as kept:
        kept.backup(connection.connection)


def forget_what_was_read() -> None:
    """After a change of databases: rows have other numbers there."""
    cache.clear()
    ContentType.objects.clear_cache()


def remove(connection: Any) -> None:
    """Throw away what was kept beside the database; inside it, it goes with it."""
    if connection.vendor == "sqlite":
        Path(_file(connection)).unlink()


def _tables(cursor: Any) -> list[tuple[str, str]]:
    cursor.execute(TABLES)
    return cursor.fetchall()


def _file(connection: Any) -> str:
    return f"{connection.settings_dict['NAME']}-beginning"
