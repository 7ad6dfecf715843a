"""`make run` keeps the web server and the clock together."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.workshop.house import ROOT

WRITES_A_LINE = (
    "import os, time; open({file!r}, 'a').write(str(os.getpid()) + chr(10)); time.sleep({seconds})"
)
ENDS_SLOWLY = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit()))
"""
KEEPS_BOTH = """
import sys
sys.path.insert(0, "site")
from partnership.demo.processes import serve_until_stopped
python = (sys.executable, "-c")
sys.exit(serve_until_stopped((*python, {web!r}), (*python, {clock!r})))
"""


def start(web: str, clock: str, **options: object) -> subprocess.Popen:
    code = KEEPS_BOTH.format(web=web, clock=clock)
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, **options)


def writer(file: Path, seconds: float) -> str:
    return WRITES_A_LINE.format(file=str(file), seconds=seconds)


def lines_soon(file: Path, count: int) -> list[str]:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        lines = file.read_text().splitlines() if file.exists() else []
        if len(lines) >= count:
            return lines
        time.sleep(0.1)
    raise AssertionError(f"{file} never got {count} lines")


def is_running(pid: str) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_both_end_together_when_asked_to_stop(tmp_path, ask):
    web, clock = tmp_path / "web", tmp_path / "clock"
    keeper = start(writer(web, 60), writer(clock, 60))
    started = lines_soon(web, 1) + lines_soon(clock, 1)

    keeper.send_signal(ask)

    assert keeper.wait(timeout=20) == 0
    assert [pid for pid in started if is_running(pid)] == []


def test_asked_again_while_it_ends_it_stops_once_and_says_nothing(tmp_path):
    web, clock = tmp_path / "web", tmp_path / "clock"
    keeper = start(ENDS_SLOWLY + writer(web, 60), writer(clock, 60), stderr=subprocess.PIPE)
    started = lines_soon(web, 1) + lines_soon(clock, 1)

    for ask in (signal.SIGINT, signal.SIGINT, signal.SIGTERM):
        keeper.send_signal(ask)
        time.sleep(0.3)

    _, said = keeper.communicate(timeout=20)
    assert (keeper.returncode, said) == (0, b"")
    assert [pid for pid in started if is_running(pid)] == []


def test_a_clock_that_dies_is_started_again(tmp_path):
    web, clock = tmp_path / "web", tmp_path / "clock"
    keeper = start(writer(web, 60), writer(clock, 0))

    restarted = lines_soon(clock, 2)

    keeper.terminate()
    assert keeper.wait(timeout=20) == 0
    assert len(set(restarted)) == len(restarted)


def test_the_clock_ends_with_the_web_server_and_its_status_is_told(tmp_path):
    clock = tmp_path / "clock"
    keeper = start("import sys, time; time.sleep(2); sys.exit(3)", writer(clock, 60))
    (pid,) = lines_soon(clock, 1)

    assert keeper.wait(timeout=20) == 3
    assert not is_running(pid)
