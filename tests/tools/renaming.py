"""The tables of other languages, from those of as many that were migrated.

Languages are in the names of columns, of their indexes, and in one row; so nothing is migrated
again. `make bench` compares with tables that were (`tests/bench/test_migrations.py`).
"""

import os
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

INDEX = r'_[0-9a-f]{8}" ON "(\w+)" \("(\w+)"\)$'
Languages = list[tuple[str, str]]


def take_over(migrated: Path, old: Languages, target: Path, new: Languages) -> None:
    """Make a database in the new languages from the one in the old, whole or not at all."""
    half = target.with_suffix(f".{os.getpid()}")
    shutil.copyfile(migrated, half)
    codes = {one: other for (one, _), (other, _) in zip(old, new, strict=True)}
    with closing(sqlite3.connect(half)) as database:
        _rename_columns(database, codes)
        named = "UPDATE wagtailcore_locale SET language_code = ? WHERE language_code = ?"
        database.executemany(named, [(other, one) for one, other in codes.items()])
        database.commit()
        database.execute("VACUUM")
    half.replace(target)


def _rename_columns(database: sqlite3.Connection, codes: dict[str, str]) -> None:
    """In what the file says of its tables: each by a command of its own would take seconds."""
    database.execute("PRAGMA writable_schema = ON")
    column = re.compile(rf"_({'|'.join(codes)})\b")
    listed = database.execute("SELECT rowid, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    for row, name, sql in listed.fetchall():
        now = column.sub(lambda found: f"_{codes[found[1]]}", sql)
        if now == sql:
            continue
        called = _name_of_index(now) or name
        now = now.replace(f'"{name}"', f'"{called}"')
        said = "UPDATE sqlite_schema SET name = ?, sql = ? WHERE rowid = ?"
        database.execute(said, (called, now, row))
    database.commit()
    database.execute("PRAGMA writable_schema = RESET")


def _name_of_index(sql: str) -> str | None:
    """Return what Django calls the index of one column: a digest of the names is in it."""
    found = re.search(INDEX, sql)
    return found and connection.schema_editor()._create_index_name(found[1], [found[2]])
