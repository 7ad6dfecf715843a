"""What the clock brings: tasks that ``manage.py tick`` runs again and again."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Task = Callable[[], Any]


@dataclass
class Entry:
    """A task and when this process last ran it."""

    task: Task
    every: float
    is_apart: bool = False
    ran_at: float | None = None

    @property
    def name(self) -> str:
        """Where the task is found: module and function."""
        return f"{self.task.__module__}.{self.task.__qualname__}"

    def is_due(self) -> bool:
        """Whether ``every`` seconds have passed since this process last ran it."""
        return self.ran_at is None or time.monotonic() - self.ran_at >= self.every

    def run(self) -> None:
        """Run the task; a failing one waits for its next turn too."""
        self.ran_at = time.monotonic()
        _here.goes_round = True
        try:
            self.task()
        finally:
            _here.goes_round = False


#: Whether this thread runs a task.
_here = threading.local()
_entries: dict[str, Entry] = {}


def on_tick(task: Task, *, every: float = 0, apart: bool = False) -> Task:
    """Run the task at every tick, or at most once in ``every`` seconds.

    One that takes long runs ``apart``: in a thread of its own, so that mails and offers need
    not wait for it. It may be cut off anywhere when the clock is stopped.

    Apps register in ``AppConfig.ready()``. Tasks are told nothing and asked nothing: each
    must be safe to run twice, and at the same time in two processes.
    """
    entry = Entry(task, every, apart)
    _entries[entry.name] = entry
    return task


def is_going_round() -> bool:
    """Whether it is the clock that asks, and nobody who waits for an answer."""
    return getattr(_here, "goes_round", False)


def entries() -> list[Entry]:
    """Return the registered tasks in the order they were registered."""
    return list(_entries.values())
