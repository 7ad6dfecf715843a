"""A migrated database that test runs copy, so that only the first one migrates.

python -m tests.tools.template_database    (makes it, where DATABASE_URL leads to)

Its name holds a digest of all migrations and of the languages: when one changes, it is made anew.
On SQLite the first run keeps its own; on PostgreSQL only this command makes one, since a server
that somebody else looks after is no place to leave things.
"""

import copy
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from inspect import getattr_static
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection as default_connection
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Field
from django.utils.functional import cached_property

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("site", "home", "events", "consultations")


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


@contextmanager
def quick_migrations() -> Iterator[None]:
    """Let migrations build fewer of the models they look at, and copy their fields.

    Nearly all of their time goes into models that are rendered again and again: a new one renders
    all that it leads to, though it is only added to them. Half of what remains goes into clones of
    fields, which are taken apart and made again from their arguments. The tables are the same.
    """
    add_slowly, clone_slowly = ProjectState.add_model, Field.clone

    def add_model(state: ProjectState, model_state: ModelState) -> None:
        apps = vars(state).pop("apps", None)
        add_slowly(state, model_state)
        if apps is not None:
            vars(state)["apps"] = apps
            apps.render_multiple([model_state])

    def clone(field: Field) -> Field:
        if hasattr(field, "model"):
            return clone_slowly(field)  # it belongs to a model, whose traces a copy would keep
        made = copy.deepcopy(field)  # Django's own: shallow but for the relation
        for one in filter(None, (made, made.remote_field)):
            _forget_what_was_cached(one)
        made.creation_counter = Field.creation_counter  # the order in which they are declared
        Field.creation_counter += 1
        return made

    ProjectState.add_model, Field.clone = add_model, clone
    try:
        yield
    finally:
        ProjectState.add_model, Field.clone = add_slowly, clone_slowly


def _forget_what_was_cached(thing: Any) -> None:
    for name in _cached_names(type(thing)) & vars(thing).keys():
        del vars(thing)[name]


@cache
def _cached_names(kind: type) -> frozenset[str]:
    named = (name for name in dir(kind) if isinstance(getattr_static(kind, name), cached_property))
    return frozenset(named)


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


def make() -> None:
    """Migrate an empty database and keep it, as a run without one would."""
    connection = default_connection
    name = _name() if connection.vendor == "postgresql" else f"{_file()}-{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    with quick_migrations():
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    keep(connection)
    connection.close()
    if connection.vendor == "sqlite":
        remove_copy(connection)


def _file() -> Path:
    return Path(settings.VAR_DIR) / f"{_name()}.sqlite3"


def _name() -> str:
    digest = hashlib.sha256(sqlite3.sqlite_version.encode() + repr(settings.LANGUAGES).encode())
    for room in ROOMS:
        for migration in sorted((ROOT / room).rglob("migrations/*.py")):
            digest.update(migration.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return f"migrated-{digest.hexdigest()[:16]}"


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.test")
    from partnership.garbage import look_rarely

    look_rarely()  # as the command that migrates
    django.setup()
    make()
