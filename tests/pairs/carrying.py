"""Carries the rows of a site from SQLite to PostgreSQL, so that one demo serves both."""

import sqlite3
from contextlib import closing
from pathlib import Path

from psycopg import Connection

from tests.tools import beginning

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
#: What is found by searching stays behind: each of them writes it in its own way.
LEFT_BEHIND = ("wagtailsearch_indexentry",)
#: Every table whose rows number themselves, and the column they do it in.
NUMBERED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND is_identity = 'YES'
"""


def carry_over(path: Path, target: Connection) -> None:
    """Give a migrated PostgreSQL all rows of this SQLite database, in place of its own."""
    with closing(sqlite3.connect(path)) as source:
        held = {table for (table,) in source.execute(TABLES)}.difference(LEFT_BEHIND)
        # Neither triggers nor foreign keys are asked, and instants were written in UTC.
        target.execute("SET session_replication_role = replica; SET TIME ZONE 'UTC'")
        for table, columns in target.execute(beginning.TABLES).fetchall():
            if table in held:
                rows = source.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608 - our own tables
                _replace(target, table, columns, rows)
        for table, column in target.execute(NUMBERED).fetchall():
            sequence = f"""pg_get_serial_sequence('"{table}"', '{column}')"""
            target.execute(f'SELECT setval({sequence}, MAX("{column}")) FROM "{table}"')  # noqa: S608 - our own tables
        target.commit()


def _replace(target: Connection, table: str, columns: str, rows: sqlite3.Cursor) -> None:
    target.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own tables
    with target.cursor().copy(f'COPY "{table}" ({columns}) FROM STDIN') as copied:
        for row in rows:
            copied.write_row(row)
