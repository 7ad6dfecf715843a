"""Django's SQLite, but whoever waits to write has their turn before those who have just written.

SQLite lets waiting writers ask again after 1, 2, 5 ... and at last only every 100 ms, and keeps no
order among them: who has waited longest asks least often, and who has just written and comes
again takes the lock while the others sleep. In a crowd some wait until they fail with "database
is locked". Here one of those who wait stands first in line and asks all the time, the others ask
to stand there, and who has written must stand there again before the next time.
"""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import FileIO
from pathlib import Path
from typing import Any

from django.core.files import locks
from django.db.backends.sqlite3 import base

#: Seconds in which SQLite itself asks a few times, and the longest pause of ours after it.
TURN, LONGEST_PAUSE = 0.008, 0.008
#: The database holds the addresses of residents: no other account of the machine reads it.
PRIVATE = 0o600
PRIMARY_CODE = 0xFF  # an error code of SQLite has its kind in the lowest byte


class PatientCursor(base.SQLiteCursorWrapper):
    """Waits its turn with whatever begins a transaction, or is one by itself."""

    def __init__(self, connection: sqlite3.Connection, patience: float) -> None:
        super().__init__(connection)
        self.patience = patience

    def execute(self, query: str, params: Any = None) -> Any:
        """Execute it; what was refused because somebody else writes has changed nothing yet."""
        attempt = partial(super().execute, query, params)
        if self.connection.in_transaction:
            return attempt()  # it holds the lock already
        return in_turn(attempt, patience=self.patience)


def in_turn(attempt: Callable[[], Any], *, patience: float) -> Any:
    """Try until the database is free; raises sqlite3.OperationalError after so many seconds."""
    gives_up_at = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() >= gives_up_at:
                raise
        _pause()


def _pause() -> None:
    time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 - chance among equals, no secret


@contextmanager
def first_in_line(line: FileIO | None, *, patience: float) -> Iterator[None]:
    """Stand first in the line of all processes; after so many seconds go on without.

    The lock belongs to the open file: should we be killed, the system gives it back.
    """
    gives_up_at = time.monotonic() + patience
    while line and not locks.lock(line, locks.LOCK_EX | locks.LOCK_NB):
        if time.monotonic() >= gives_up_at:
            break
        _pause()
    try:
        yield
    finally:
        if line:
            locks.unlock(line)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin in turn and whose cursors are patient."""

    patience = 0.0
    line: FileIO | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Return what opens the connection: a moment for SQLite, all patience for the cursors."""
        params = super().get_connection_params()
        self.patience = params.pop("timeout", 5.0)
        return {**params, "timeout": min(TURN, self.patience)}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open the database, and beside it the file that orders those who wait."""
        if not self.is_in_memory_db():
            self._make_private(Path(self.settings_dict["NAME"]))
        connection = in_turn(
            partial(super().get_new_connection, conn_params), patience=self.patience
        )
        self.line = None
        if not self.is_in_memory_db():
            with suppress(OSError):  # where nothing can be written nobody waits to write
                line = f"{self.settings_dict['NAME']}-line"
                self.line = FileIO(line, "a", opener=partial(os.open, mode=PRIVATE))
        return connection

    def _make_private(self, path: Path) -> None:
        """Make the file, and the folder it is in, where there is none: for this account alone.

        What SQLite puts beside it is as private as the file. The folder is as others are: uploads
        may be in it, and the web server reads those.
        """
        try:
            if path.exists():
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE))
        except OSError as error:
            raise sqlite3.OperationalError(
                f"There is no database at {path}, and none can be made: {error.strerror}. "
                "SQLITE_PATH or VAR_DIR says where it is."
            ) from error

    def create_cursor(self, name: str | None = None) -> PatientCursor:
        """Return a cursor that waits its turn."""
        return self.connection.cursor(factory=partial(PatientCursor, patience=self.patience))

    def _start_transaction_under_autocommit(self) -> None:
        with first_in_line(self.line, patience=self.patience):
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs lack it

    def _close(self) -> None:
        super()._close()  # type: ignore[misc]  # the stubs lack it
        if self.line:
            self.line.close()
            self.line = None
