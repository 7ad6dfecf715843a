"""A migrated database that test runs copy, so that only the first one migrates.

python -m tests.tools.template_database [LANGUAGES ...]

Makes it where DATABASE_URL leads to; on SQLite also for other languages, such as fr,ar, when they
are as many. Its name holds a digest of all migrations and of the languages: when one changes, it is
made anew. On SQLite the first run keeps its own; on PostgreSQL only this command makes one, since a
server that somebody else looks after is no place to leave things.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection as default_connection

from tests.tools.migrating import quick_migrations
from tests.tools.renaming import take_over

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("site", "home", "events", "consultations")
Languages = list[tuple[str, str]]


def copy_to(connection: Any) -> bool:
    """Put a copy where the tests will look for their database; whether there was one."""
    name = connection.settings_dict["TEST"]["NAME"]
    return copy_as(Path(name)) if connection.vendor == "sqlite" else copy_on_server(name)


def copy_as(path: Path) -> bool:
    """Put a copy of the file there; whether there was one."""
    if not _file().exists():
        return False
    shutil.copyfile(_file(), path)
    return True


def copy_on_server(name: str) -> bool:
    """Make a database of that name from the kept one; whether there was one."""
    with default_connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name()])
        if cursor.fetchone() is None:
            return False
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_name()}"')
    return True


def keep(connection: Any) -> None:
    """Keep this migrated file for other runs; whole or not at all."""
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    half = _file().with_suffix(f".{os.getpid()}")
    connection.connection.execute("VACUUM INTO ?", (str(half),))
    half.replace(_file())


def remove_copy(connection: Any) -> None:
    """Remove what copy_to() made; Django leaves a database alone that it did not make."""
    name = connection.settings_dict["TEST"]["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm", "-line"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def make(pairs: Sequence[str] = ()) -> None:
    """Migrate an empty database and keep it, as a run without one would."""
    from partnership.language_setting import partner_languages

    connection = default_connection
    name = _name() if connection.vendor == "postgresql" else f"{_file()}-{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    with quick_migrations():
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    keep(connection)
    connection.close()
    if connection.vendor == "sqlite":
        remove_copy(connection)
    for pair in pairs:
        languages = partner_languages(pair.split(","))
        take_over(_file(), settings.LANGUAGES, _file(languages), languages)


def _file(languages: Languages | None = None) -> Path:
    return Path(settings.VAR_DIR) / f"{_name(languages)}.sqlite3"


def _name(languages: Languages | None = None) -> str:
    spoken = repr(languages or settings.LANGUAGES)
    digest = hashlib.sha256(sqlite3.sqlite_version.encode() + spoken.encode())
    for room in ROOMS:
        for migration in sorted((ROOT / room).rglob("migrations/*.py")):
            digest.update(migration.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return f"migrated-{digest.hexdigest()[:16]}"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.test")
    from partnership.deep_calls import in_one_piece
    from partnership.garbage import look_rarely

    look_rarely()  # as the command that migrates
    in_one_piece(django.setup)()
    in_one_piece(make)(sys.argv[1:])
