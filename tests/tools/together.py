"""Runs commands side by side, a few at a time, and ends them all when it must."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

#: As many as there are cores on the smallest machine the house is checked on.
AT_ONCE = 2
#: Seconds between two looks at what is running.
A_WHILE = 0.2


@dataclass(frozen=True)
class Job:
    """One command, the name it is told by, and its environment."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass
class Running:
    """A job that was begun; what it prints is kept apart until it ends."""

    job: Job
    process: subprocess.Popen
    output: IO[str]
    lane: int
    begun: float = field(default_factory=time.monotonic)


def all_pass(jobs: Sequence[Job], *, cwd: Path, at_once: int = AT_ONCE) -> bool:
    """Run the jobs in their order, so many at once; return whether all passed.

    What each printed is shown as it ends. After a failure nothing new is begun.
    """
    waiting, running, passed = list(jobs), [], True
    free = list(range(at_once))
    with ExitStack() as stack:
        while running or (waiting and passed):
            while waiting and passed and free:
                output = stack.enter_context(tempfile.TemporaryFile("w+"))
                running.append(_begin(waiting.pop(0), cwd, output, (free.pop(0), at_once)))
                stack.callback(_end, running[-1].process)
            time.sleep(A_WHILE)
            for one in [one for one in running if one.process.poll() is not None]:
                running.remove(one)
                free.append(one.lane)
                passed = _told(one) and passed
    return passed


@contextmanager
def on_processors_of(lane: int, lanes: int) -> Iterator[None]:
    """Give what is begun meanwhile, and all it begins, the processors of one lane only.

    A browser, its driver and its server wait for each other all the time. Where they may run
    anywhere they push what runs beside them to and fro: both took a sixth longer.
    """
    if not hasattr(os, "sched_setaffinity"):  # not Linux
        yield
        return
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(everywhere)[lane::lanes]) or everywhere)
    try:
        yield
    finally:
        os.sched_setaffinity(0, everywhere)


def _begin(job: Job, cwd: Path, output: IO[str], place: tuple[int, int]) -> Running:
    """Begin the job in its place: a lane, and how many there are."""
    with on_processors_of(*place):
        process = subprocess.Popen(
            job.command, cwd=cwd, env=job.environment, stdout=output, stderr=subprocess.STDOUT
        )
    print(f"begun   {job.name}", flush=True)
    return Running(job, process, output, place[0])


def _told(one: Running) -> bool:
    passed = one.process.returncode == 0
    one.output.seek(0)
    print(f"\n== {one.job.name}\n{one.output.read()}")
    seconds = time.monotonic() - one.begun
    print(f"{'passed' if passed else 'FAILED'}  {one.job.name}  {seconds:.0f} s", flush=True)
    sys.stdout.flush()
    return passed


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
