"""The tests migrate with fewer models built on the way, and other languages not at all.

A server does neither. Both make one schema.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.workshop.house import ROOT

pytestmark = pytest.mark.bench


def schema_made_by(folder: Path, languages: str, *command: str) -> list[tuple[str, ...]]:
    """Run the command in an environment whose only databases are in that folder; read the last."""
    folder.mkdir()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "partnership.settings.test",
        "PARTNER_LANGUAGES": languages,
        "DATABASE_URL": "",
        "SQLITE_PATH": str(folder / "made.sqlite3"),
        "VAR_DIR": str(folder),
    }
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True)
    file = max(folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime_ns)
    with closing(sqlite3.connect(file)) as database:
        rows = database.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        codes = database.execute("SELECT language_code FROM wagtailcore_locale").fetchall()
    return sorted((kind, name, sql or "") for kind, name, sql in rows) + codes


@pytest.mark.parametrize(("languages", "taken_over"), [("en,es", ()), ("fr,ar", ("fr,ar",))])
def test_quick_migrations_make_what_the_command_makes(tmp_path, languages, taken_over):
    migrate = ("manage.py", "migrate", "--noinput", "-v0")
    quickly = ("-m", "tests.tools.template_database", *taken_over)

    by_command = schema_made_by(tmp_path / "server", languages, *migrate)
    by_tests = schema_made_by(tmp_path / "tests", "en,es", *quickly)

    assert len(by_command) > 500
    assert by_tests == by_command
