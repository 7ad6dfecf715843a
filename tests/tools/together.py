"""Runs one command in several environments at the same time, and ends them all when it must."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path


def all_pass(
    command: Sequence[str], environments: Mapping[str, Mapping[str, str]], *, cwd: Path
) -> bool:
    """Start the command once for each named environment; say who failed, and return whether none.

    What they print is kept apart and shown as each of them ends.
    """
    with ExitStack() as stack:
        running = []
        for name, environment in environments.items():
            output = stack.enter_context(tempfile.TemporaryFile("w+"))
            process = subprocess.Popen(
                command, cwd=cwd, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
            stack.callback(_end, process)
            running.append((name, process, output))
        passed = [_told(*one) for one in running]  # all of them, whatever the first one says
    return all(passed)


def _told(name: str, process: subprocess.Popen, output: tempfile._TemporaryFileWrapper) -> bool:
    passed = process.wait() == 0
    output.seek(0)
    print(f"\n-- {name}{'' if passed else ' FAILED'}\n{output.read()}")
    sys.stdout.flush()
    return passed


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
