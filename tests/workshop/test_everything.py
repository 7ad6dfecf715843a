"""`make test` hides nothing: what fails is shown, what cannot run is said."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tools import everything, together
from tests.tools.everything import Stage

GOOD = Stage("good", (sys.executable, "-c", "print('unheard')"))
BAD = Stage("bad", (sys.executable, "-c", "import sys; print('the reason'); sys.exit(1)"))
BROWSER = Stage("journeys", GOOD.command, needs="chromium")


def test_all_checks_run_though_the_first_one_fails(capfd):
    assert everything.every([BAD, GOOD], absent=[]) is False

    told = capfd.readouterr().out
    assert "the reason" in told
    assert "FAILED  bad" in told
    assert "passed  good" in told
    assert "unheard" not in told


def test_what_needs_another_begins_when_that_has_ended(capfd):
    first = Stage("first", (sys.executable, "-c", "import time; time.sleep(0.6)"))
    second = Stage("second", GOOD.command, after=first)

    assert everything.every([first, second], absent=[]) is True

    told = capfd.readouterr().out
    assert told.index("passed  first") < told.index("passed  second")


def test_after_a_stage_that_fails_no_other_begins(capfd):
    slow = Stage("slow", (sys.executable, "-c", "import time; time.sleep(3)"))

    beside = [slow] * (together.AT_ONCE - 1)
    assert everything.first_failure_stops([BAD, *beside, GOOD], absent=[]) is False

    told = capfd.readouterr().out
    assert "the reason" in told
    assert "FAILED  bad" in told
    assert told.count("passed  slow") == len(beside)  # beside the other, and told to their end
    assert "good" not in told


def test_what_runs_beside_takes_what_is_left_over_and_is_told_like_the_rest(capfd):
    politeness = "import os; print('polite', os.getpriority(os.PRIO_PROCESS, 0))"
    stage = Stage("one", (sys.executable, "-c", f"import time; time.sleep(0.5); {politeness}"))

    lanes = [stage] * together.AT_ONCE
    assert everything.first_failure_stops(lanes, absent=[], beside=[stage, BAD]) is False

    told = capfd.readouterr().out
    assert told.count("passed  one") == len(lanes) + 1
    assert "FAILED  bad" in told
    assert f"polite {os.getpriority(os.PRIO_PROCESS, 0)}\n" in told
    assert f"polite {together.LAST_OF_ALL}\n" in told


def test_what_the_machine_lacks_is_left_out_and_said(capfd):
    assert everything.could_not_run([GOOD, BROWSER], absent=["chromium"]) is True
    assert everything.first_failure_stops([BROWSER], absent=["chromium"]) is True

    told = capfd.readouterr().out
    assert told == "Could not run: journeys (install the package chromium)\n"


@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_continuous_integration_fails_on_what_could_not_run(monkeypatch, tmp_path, ci, status):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(everything, "OURS", tmp_path / "ours")
    monkeypatch.setattr(everything.machine, "install_missing", lambda: ["chromium"])
    monkeypatch.setattr(everything, "lint_stages", lambda: [GOOD])
    monkeypatch.setattr(everything, "stages_that_prepare", list)
    monkeypatch.setattr(everything, "stage_that_seeds", lambda: GOOD)
    monkeypatch.setattr(everything, "test_stages", lambda: [BROWSER])
    monkeypatch.setattr(everything, "stages_beside", list)

    assert everything.main([]) == status


def test_the_demo_of_make_run_is_out_of_reach(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///ours")
    monkeypatch.setenv("SQLITE_PATH", "var/db.sqlite3")

    environment = everything.environment(GOOD)

    assert environment["VAR_DIR"] == str(everything.OURS)
    assert not {"DATABASE_URL", "SQLITE_PATH"} & set(environment)


def test_what_is_compiled_once_is_kept_for_the_next_process(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    assert "PYTHONDONTWRITEBYTECODE" not in everything.environment(GOOD)


def test_stages_run_side_by_side_and_all_is_shown(capfd, monkeypatch, tmp_path):
    """Each waits for what the other writes, so that neither would end alone."""
    monkeypatch.setattr(everything, "OURS", tmp_path)
    wait = (
        "import os, pathlib, sys, time\n"
        "here = pathlib.Path(os.environ['VAR_DIR'])\n"
        "(here / sys.argv[1]).touch()\n"
        "end = time.monotonic() + 15\n"
        "while not (here / sys.argv[2]).exists() and time.monotonic() < end: time.sleep(0.05)\n"
        "print(sys.argv[1], 'met', (here / sys.argv[2]).exists())"
    )
    stages = [
        Stage(one, (sys.executable, "-c", wait, one, other))
        for one, other in (("left", "right"), ("right", "left"))
    ]

    assert everything.first_failure_stops(stages, absent=[]) is True

    told = capfd.readouterr().out
    assert "left met True" in told
    assert "right met True" in told


@pytest.mark.parametrize(
    ("processors", "first", "second"),
    [({0, 1}, {0}, {1}), ({2, 3, 6, 7}, {2, 6}, {3, 7}), ({5}, {5}, {5})],
)
def test_every_lane_has_processors_of_its_own(monkeypatch, processors, first, second):
    given = []
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: processors)
    monkeypatch.setattr(os, "sched_setaffinity", lambda _pid, some: given.append(some))

    for lane in (0, 1):
        with together.on_processors_of(lane, 2):
            pass

    assert given == [first, processors, second, processors]


def test_what_runs_together_ends_together(tmp_path):
    """The first may run for a minute; whoever stops waiting for it takes all of them along."""
    started = tmp_path / "started"
    sleeper = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    waiting = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from tests.tools.together import Job, all_pass\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        f"job = Job('a', [sys.executable, '-c', {sleeper!r}], dict(os.environ))\n"
        "all_pass([job], cwd=Path('.'))"
    )
    keeper = subprocess.Popen([sys.executable, "-c", waiting], cwd=everything.ROOT)
    deadline = time.monotonic() + 15
    while not started.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(keeper.pid)], check=True, capture_output=True, text=True
    ).stdout.split()

    keeper.terminate()

    assert keeper.wait(timeout=15) == 143
    assert len(children) == 1
    assert not Path(f"/proc/{children[0]}").exists()


@pytest.mark.parametrize(("mark", "folder"), [("journey", "journeys"), ("pair", "pairs")])
def test_a_stage_that_reads_one_folder_misses_no_test(mark, folder):
    tests = everything.ROOT / "tests"
    elsewhere = [
        path.name
        for path in tests.rglob("test_*.py")
        if f"mark.{mark}" in path.read_text() and path.parent.name != folder
    ]

    assert elsewhere == []
