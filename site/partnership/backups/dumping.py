"""The database as one file, and a file as the database: SQLite's way, and PostgreSQL's."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.backends.postgresql.client import DatabaseClient

from partnership.backups.refusals import CannotBackUp, CannotRestore

#: What the file is called inside a backup, by Django's word for the database.
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
#: Seconds to wait for whoever is writing while a SQLite file is put back.
PATIENCE = 60
#: What pg_restore lists and an ordinary account may not make anew; both are there already.
NOT_OURS = (" EXTENSION ", " SCHEMA - ", " COMMENT - EXTENSION ")
NO_EXTENSION = (
    "The search needs PostgreSQL's extension unaccent, which this account may not create: "
    "run CREATE EXTENSION unaccent; once as a superuser."
)


def dump(folder: Path) -> Path:
    """Write the database, as it is at one instant, into the folder; return the file.

    Nobody has to stop for it. Raises CannotBackUp.
    """
    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
    else:
        _run("pg_dump", "--format=custom", f"--file={target}", *_place(), refusal=CannotBackUp)
    target.chmod(0o600)
    return target


def load(source: Path) -> None:
    """Put the database of that file in the place of ours, at once or not at all.

    Raises CannotRestore.
    """
    settings = connection.settings_dict
    connection.close()
    if connection.vendor == "sqlite":
        _copy_pages(source, Path(settings["NAME"]))
    else:
        _load_into_postgresql(source)
    connection.close()


def _copy_pages(source: Path, target: Path) -> None:
    """By SQLite's own hand: what a crash left beside the old file cannot get into the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target, timeout=PATIENCE)) as new,
    ):
        try:
            old.backup(new)
        except sqlite3.Error as error:
            raise CannotRestore(f"SQLite did not take it: {error}.") from error


def _load_into_postgresql(source: Path) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    except DatabaseError as error:
        raise CannotRestore(NO_EXTENSION) from error
    contents, script = source.with_suffix(".list"), source.with_suffix(".sql")
    listed = _run("pg_restore", "--list", source, refusal=CannotRestore)
    kept = (line for line in listed.splitlines() if not any(each in line for each in NOT_OURS))
    contents.write_text("\n".join(kept))
    clean = ("--clean", "--if-exists", "--no-owner", "--no-privileges")
    _run("pg_restore", *clean, f"--use-list={contents}", f"--file={script}", source,
         refusal=CannotRestore)  # fmt: skip
    drops = source.with_name("drops.sql")
    drops.write_text(_dropping_all_tables())
    connection.close()
    together = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", *together, f"--file={drops}", f"--file={script}", *_place(),
         refusal=CannotRestore)  # fmt: skip


def _dropping_all_tables() -> str:
    """Also those of a newer release, which the file knows nothing of."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    return f"DROP TABLE {quoted} CASCADE;\n" if quoted else ""


def _place() -> list[str]:
    """How PostgreSQL's programs are told where the database is."""
    return DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[0][1:]


def _run(program: str, *arguments: object, refusal: type[Exception]) -> str:
    """Run one of PostgreSQL's programs; the password is in no argument."""
    found = shutil.which(program)
    if found is None:
        raise refusal(f"{program} is missing: install the package postgresql-client.")
    secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])[1] or {}
    result = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        [found, *map(str, arguments)],
        capture_output=True, text=True, check=False, env={**os.environ, **secrets},
    )  # fmt: skip
    if result.returncode:
        raise refusal(f"{program} failed: {result.stderr.strip()}")
    return result.stdout
