"""Keeps the demo's two processes together: the web server, and the clock beside it."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

#: Seconds between looks at the two; also the pause before a dead clock is started again.
LOOK_EVERY = 1.0
#: Seconds a process gets to finish before it is ended.
PATIENCE = 15.0

WEB = (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py")
CLOCK = (sys.executable, "manage.py", "tick", "--loop")


ASKED_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):  # noqa: N818 - being asked to stop is not an error
    """Somebody asked us to stop: Ctrl-C, or the end of the terminal."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    _hear(signal.SIG_IGN)
    raise Stopped


def _hear(how: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
    for number in ASKED_TO_STOP:
        signal.signal(number, how)


def serve_until_stopped(
    web_command: tuple[str, ...] = WEB, clock_command: tuple[str, ...] = CLOCK
) -> int:
    """Run both until we are asked to stop or the web server ends; return the exit status.

    A clock that dies is started again; neither process outlives the other. Asked twice, as by
    somebody who is impatient, it stops once and says nothing.
    """
    web = clock = None
    try:
        _hear(_stop)
        web, clock = _start(web_command), _start(clock_command)
        while web.poll() is None:
            time.sleep(LOOK_EVERY)
            if clock.poll() is not None:
                clock = _start(clock_command)
        return web.returncode
    except Stopped:
        return 0
    finally:
        _hear(signal.SIG_IGN)
        _end(web, clock)


def _start(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command)  # noqa: S603 - our own commands, named above


def _end(*processes: subprocess.Popen[bytes] | None) -> None:
    running = [process for process in processes if process and process.poll() is None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
