"""Where there is no SQLite database yet, one is made, and no other account can read it."""

import stat
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from partnership.databases import sqlite

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened():
    """Connect to a database in a file, as the site would; closed after the test."""
    handlers = []

    def connect(path: Path):
        handlers.append(ConnectionHandler({"default": sqlite(path)}))
        return handlers[-1]["default"]

    yield connect
    for handler in handlers:
        handler["default"].close()


def test_folder_and_file_are_made_and_the_file_is_private(opened, tmp_path):
    path = tmp_path / "not" / "there yet" / "db.sqlite3"

    with opened(path).cursor() as cursor:
        cursor.execute("CREATE TABLE t (a int)")

    made = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert made == {
        "db.sqlite3": 0o600,
        "db.sqlite3-line": 0o600,
        "db.sqlite3-shm": 0o600,
        "db.sqlite3-wal": 0o600,
    }


def test_a_file_that_is_there_keeps_what_it_is(opened, tmp_path):
    path = tmp_path / "db.sqlite3"
    path.touch()
    path.chmod(0o640)

    opened(path).ensure_connection()

    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_where_none_can_be_made_the_place_and_the_variables_are_named(opened, tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "db.sqlite3"

    with pytest.raises(OperationalError) as refused:
        opened(path).ensure_connection()

    assert str(refused.value) == (
        f"There is no database at {path}, and none can be made: File exists. "
        "SQLITE_PATH or VAR_DIR says where it is."
    )
