"""What the clock brings: mail to deliver, codes that expire, whatever apps registered."""

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import CommandParser
from django.db import close_old_connections, connections
from django.db.utils import OperationalError

from partnership.migrated import OnlyErrors, lacking_tables, refuse_without_tables
from partnership.outbox import clock
from partnership.outbox.services import deliver_due

logger = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between rounds
PAUSE_FOR_TABLES = 5.0


class Command(OnlyErrors):
    help = "Do what is due: deliver mail and run the other timed tasks. Safe to run twice."
    requires_system_checks = ()  # a stopped database must not stop the clock

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="Go on until told to stop.")

    def handle(self, *, loop: bool, **options: Any) -> None:
        if not loop:
            refuse_without_tables()
            failed = [*run_all(), *run_all(apart=True)]
            deliver_due()  # what these have written: the next round may be minutes away
            if failed:
                self.stderr.write(f"Failed: {', '.join(failed)}")
                raise SystemExit(1)
            return
        stopped = threading.Event()
        _stop_on_signals(stopped)
        wait_for_tables(stopped)
        # A daemon: the end of the clock waits for no long task. Each is safe to be cut off.
        threading.Thread(target=go_on, args=(stopped,), kwargs={"apart": True}, daemon=True).start()
        go_on(stopped)


def wait_for_tables(stopped: threading.Event, *, pause: float = PAUSE_FOR_TABLES) -> None:
    """Return when every table is there: while a new release migrates, the clock may run already."""
    told = ""
    while not stopped.is_set():
        try:
            lacking = lacking_tables()
        except OperationalError:
            return  # every task says so at its turn, and is tried again
        if not lacking:
            return
        if lacking != told:
            logger.warning("The clock waits. %s", lacking)
        told = lacking
        stopped.wait(pause)


def go_on(stopped: threading.Event, *, apart: bool = False, pause: float = PAUSE) -> None:
    """Round after round, on a connection of this thread's own."""
    while not stopped.is_set():
        close_old_connections()  # a database that was restarted gets a new connection
        run_all(apart=apart)
        stopped.wait(pause)
    connections.close_all()


def run_all(*, apart: bool = False) -> list[str]:
    """Run every task of this lane that is due; return the names of those that failed."""
    failed = []
    for entry in clock.entries():
        if entry.is_apart is not apart or not entry.is_due():
            continue
        try:
            entry.run()
        except Exception:  # one task never stops the others
            logger.exception("The task %s failed; it is tried again at its next turn.", entry.name)
            failed.append(entry.name)
    return failed


def _stop_on_signals(stopped: threading.Event) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
