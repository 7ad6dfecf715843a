"""Writers of SQLite wait their turn: nobody fails because others come, nobody pushes past."""

import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.core.files import locks
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from partnership.databases import sqlite
from partnership.patient_sqlite3 import base

pytestmark = pytest.mark.django_db


def wrapper(path, *, patience=20):
    """A connection of our own to a database of our own."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": patience}
    engine = {"ENGINE": "partnership.patient_sqlite3", "NAME": str(path), "OPTIONS": options}
    opened = ConnectionHandler({"default": engine})["default"]
    opened.inc_thread_sharing()
    return opened


def write(opened):
    """A transaction of one statement, as services make them."""
    opened.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    opened.cursor().execute("INSERT INTO t VALUES (1)")
    opened.commit()
    opened.set_autocommit(True)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "turns.sqlite3"
    with sqlite3.connect(path) as created:
        created.execute("PRAGMA journal_mode=WAL")
        created.execute("CREATE TABLE t (a int)")
    created.close()
    return path


@pytest.fixture
def somebody_writes(path):
    """Who holds the lock; call it to give the lock back."""
    holder = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    yield holder.rollback
    holder.close()


def test_the_site_waits_like_this():
    assert sqlite(Path("x"))["ENGINE"] == base.__package__


@pytest.mark.parametrize("statement", ["BEGIN IMMEDIATE", "INSERT INTO t VALUES (1)"])
def test_who_comes_while_somebody_writes_waits_for_longer_than_sqlite_would(
    path, somebody_writes, statement
):
    waiting = wrapper(path)
    threading.Timer(10 * base.TURN, somebody_writes).start()

    waiting.cursor().execute(statement)

    assert statement != "BEGIN IMMEDIATE" or waiting.connection.in_transaction
    waiting.close()


def test_patience_ends(path, somebody_writes):
    waiting = wrapper(path, patience=0.02)

    with pytest.raises(OperationalError, match="locked"):
        write(waiting)

    waiting.close()


def test_who_has_just_written_stands_behind_who_waits(path):
    first, second, order = wrapper(path), wrapper(path), []

    def come():
        write(second)
        order.append("second")

    first.cursor().execute("BEGIN IMMEDIATE")
    coming = threading.Thread(target=come, daemon=True)
    coming.start()
    with (path.parent / f"{path.name}-line").open("ab") as line:
        soon = time.monotonic() + 2
        while locks.lock(line, locks.LOCK_EX | locks.LOCK_NB):  # until the second stands there
            locks.unlock(line)
            assert time.monotonic() < soon, "nobody stands in line"
    first.cursor().execute("COMMIT")
    write(first)
    order.append("first")
    coming.join()

    assert order == ["second", "first"]
    first.close()
    second.close()


def test_in_memory_nobody_waits():
    alone = wrapper(":memory:")

    alone.cursor().execute("CREATE TABLE t (a int)")
    write(alone)

    assert alone.line is None
    alone.close()
