"""A database of a site of its own, of the kind the tests run on, and what is in it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections

from tests.pairs.carrying import carry_over
from tests.tools import beginning, template_database
from tests.workshop.house import ROOT

SECONDS = 600
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}
INDEXES = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexdef FROM pg_indexes",
}
#: The columns of a table and its rows, as they are written.
Content = dict[str, tuple[list[str], list[str]]]


@dataclass(frozen=True)
class OwnSite:
    """A site with a database of its own; every command runs in a process with its languages."""

    folder: Path
    url: str = ""

    def copy_migrated(self) -> bool:
        """Take over the tables of the tests' own database, where one was kept."""
        if self.url:
            return template_database.copy_on_server(urlsplit(self.url).path[1:])
        return template_database.copy_as(self.folder / "db.sqlite3")

    def copy_seeded(self) -> bool:
        """Take over the demo that was seeded for the journeys, where there is one."""
        if "SEEDED_DEMO" not in os.environ:
            return False
        seeded = Path(os.environ["SEEDED_DEMO"])
        if self.url and not self.copy_migrated():
            return False
        if self.url:
            with self._open() as target:
                carry_over(seeded / "db.sqlite3", target)
        else:
            shutil.copyfile(seeded / "db.sqlite3", self.folder / "db.sqlite3")
        shutil.copytree(seeded / "media", self.folder / "media")
        return True

    def run(self, languages: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "partnership.settings.dev",
            "SQLITE_PATH": str(self.folder / "db.sqlite3"),
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.url,
            "PARTNER_LANGUAGES": languages,
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    def manage(self, languages: str, *arguments: str) -> str:
        """Run a command that must succeed; return what it said."""
        result = self.run(languages, "manage.py", *arguments)
        assert result.returncode == 0, f"{result.stdout[-2000:]}\n{result.stderr[-4000:]}"
        return result.stdout

    def shell(self, languages: str, code: str) -> str:
        return self.manage(languages, "shell", "-v0", "-c", code)

    @contextmanager
    def in_this_process(self) -> Iterator[None]:
        """Lead this process there, which saves one: for what needs no other languages."""
        ours = connections[DEFAULT_DB_ALIAS]
        own = ours.copy()
        own.settings_dict["NAME"] = (
            urlsplit(self.url).path[1:] if self.url else str(self.folder / "db.sqlite3")
        )
        connections[DEFAULT_DB_ALIAS] = own
        beginning.forget_what_was_read()
        try:
            yield
        finally:
            own.close()
            connections[DEFAULT_DB_ALIAS] = ours
            beginning.forget_what_was_read()

    def content(self, only: Mapping[str, list[str]] | None = None) -> Content:
        """Everything in the database; with ``only``, of these tables these columns."""
        with self._open() as database:
            tables = [table for (table,) in database.execute(TABLES[self._vendor]).fetchall()]
            return {
                table: _rows_of(database, table, only and only[table])
                for table in tables
                if only is None or table in only
            }

    def indexes(self) -> list[str]:
        return [str(definition) for (definition,) in self.ask(INDEXES[self._vendor])]

    def ask(self, statement: str) -> list[Any]:
        with self._open() as database:
            return list(database.execute(statement).fetchall())

    @property
    def _vendor(self) -> str:
        return "postgresql" if self.url else "sqlite"

    def _open(self) -> Any:
        if self.url:
            return closing(psycopg.connect(self.url.replace("postgres://", "postgresql://")))
        return closing(sqlite3.connect(self.folder / "db.sqlite3"))


def _rows_of(database: Any, table: str, only: list[str] | None) -> tuple[list[str], list[str]]:
    listed = ", ".join(f'"{column}"' for column in only) if only else "*"
    answer = database.execute(f'SELECT {listed} FROM "{table}"')  # noqa: S608 - names of our own
    columns = [column[0] for column in answer.description]
    return columns, sorted(map(repr, answer.fetchall()))


@contextmanager
def own_site(folder: Path) -> Iterator[OwnSite]:
    """A site without tables, on SQLite or PostgreSQL as the tests are; gone afterwards."""
    if connection.vendor == "sqlite":
        yield OwnSite(folder)
        return
    name = f"own_site_{os.getpid()}"
    whole = urlsplit(os.environ["DATABASE_URL"])
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield OwnSite(folder, f"postgres://{whole.netloc}/{name}?{whole.query}")
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
