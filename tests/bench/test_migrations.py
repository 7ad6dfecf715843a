"""The tests migrate with fewer models built on the way; a server does not. Both make one schema."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.workshop.house import ROOT

pytestmark = pytest.mark.bench


def made_by(folder: Path, *command: str) -> list[tuple[str, ...]]:
    """Run the command in an environment whose only database is in that folder; read its schema."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "partnership.settings.test",
        "DATABASE_URL": "",
        "SQLITE_PATH": str(folder / "made.sqlite3"),
        "VAR_DIR": str(folder),
    }
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    (file,) = folder.glob("*.sqlite3")
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return sorted((kind, name, sql or "") for kind, name, sql in rows)


def test_quick_migrations_make_what_the_command_makes(tmp_path):
    (tmp_path / "server").mkdir()
    (tmp_path / "tests").mkdir()

    by_command = made_by(tmp_path / "server", "manage.py", "migrate", "--noinput", "-v0")
    by_tests = made_by(tmp_path / "tests", "-m", "tests.tools.template_database")

    assert len(by_command) > 500
    assert by_tests == by_command
