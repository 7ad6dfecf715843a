"""Runs commands side by side, a few at a time, and ends them all when it must."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

#: As many as there are cores on the smallest machine the house is checked on.
AT_ONCE = 2
#: Seconds between two looks at what is running.
A_WHILE = 0.2
#: The priority of what asks for nothing but what is left over.
LAST_OF_ALL = 19
#: The lane of what runs beside the others, whenever one of them waits for something.
BESIDE = -1


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
    begun: float = field(default_factory=time.monotonic)


def all_pass(
    jobs: Sequence[Job], *, cwd: Path, at_once: int = AT_ONCE, beside: Sequence[Job] = ()
) -> bool:
    """Run the jobs in their order, so many at once; return whether all passed.

    What each printed is shown as it ends. After a failure nothing new is begun. Those beside run
    one after the other from the beginning, but only while a processor has nothing else to do.
    """
    first, last, passed = list(jobs), list(beside), True
    running: dict[int, Running] = {}
    with ExitStack() as stack:
        while running or (passed and (first or last)):
            free = [lane for lane in (*range(at_once), BESIDE) if lane not in running]
            for lane, job in _next(first, last, free if passed else []):
                output = stack.enter_context(tempfile.TemporaryFile("w+"))
                running[lane] = _begin(job, cwd, output, (lane, at_once))
                stack.callback(_end, running[lane].process)
            time.sleep(A_WHILE)
            passed = _end_of_those_that_ended(running) and passed
    return passed


def _next(first: list[Job], last: list[Job], free: list[int]) -> Iterator[tuple[int, Job]]:
    """Take from what waits for each free lane what is to be begun there."""
    for lane in free:
        waiting = last if lane == BESIDE else first or last
        if waiting:
            yield lane, waiting.pop(0)


def _end_of_those_that_ended(running: dict[int, Running]) -> bool:
    """Tell of them, and free their lanes; return whether all of them passed."""
    ended = [lane for lane, one in running.items() if one.process.poll() is not None]
    outcomes = [_told(running.pop(lane)) for lane in ended]
    return all(outcomes)


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
    with nullcontext() if place[0] == BESIDE else on_processors_of(*place):
        process = subprocess.Popen(
            job.command, cwd=cwd, env=job.environment, stdout=output, stderr=subprocess.STDOUT
        )
    if place[0] == BESIDE:
        os.setpriority(os.PRIO_PROCESS, process.pid, LAST_OF_ALL)
    print(f"begun   {job.name}", flush=True)
    return Running(job, process, output)


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
