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
                   AND NOT attisdropped AND attgenerated = '') AS columns
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
#: The server itself puts a table right, and leaves alone one that nobody wrote to: what is deleted
#: and inserted again stays in the way of whoever reads the table later. A row that was written
#: carries the number of who wrote it, and those grow.
FUNCTIONS = """
CREATE TABLE beginning.mark (name text PRIMARY KEY, was text);
CREATE FUNCTION beginning.look(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE mark text; newest text := 'SELECT count(*) || $s$ $s$ || max(xmin::text::bigint) FROM %I';
BEGIN
  EXECUTE format(newest, name) INTO mark;
  RETURN mark;
END $$;
CREATE FUNCTION beginning.again(name text, columns text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE mark text := beginning.look(name); before text;
BEGIN
  SELECT was INTO before FROM beginning.mark WHERE mark.name = again.name;
  IF mark IS NOT DISTINCT FROM before THEN RETURN; END IF;
  EXECUTE format('DELETE FROM public.%I', name);
  IF before IS NOT NULL THEN
    EXECUTE format('INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM beginning.%1$I', name, columns);
    UPDATE beginning.mark SET was = beginning.look(again.name) WHERE mark.name = again.name;
  END IF;
END $$;
"""


def keep(connection: Any) -> None:
    """Keep what the database holds now; ``remove()`` throws it away."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.execute("VACUUM INTO ?", (_file(connection),))
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        cursor.execute(FUNCTIONS)
        for table, columns in _tables(cursor):
            cursor.execute("SELECT beginning.look(%s)", [table])
            [mark] = cursor.fetchone()
            if mark is not None:
                rows = f'SELECT {columns} FROM "{table}"'  # noqa: S608 - our own tables
                cursor.execute(f'CREATE TABLE {SCHEMA}."{table}" AS {rows}')
                cursor.execute("INSERT INTO beginning.mark VALUES (%s, %s)", [table, mark])


def restore(connection: Any) -> None:
    """Make it so again, whatever was committed since; sequences go on."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        take_over(connection, Path(_file(connection)))
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # Neither triggers nor foreign keys are asked: every row goes, and the old ones fit.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f"SELECT beginning.again(relname, columns) FROM ({TABLES}) held")  # noqa: S608 - our own tables


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
