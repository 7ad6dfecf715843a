"""`make test` hides nothing: what fails is shown, what cannot run is said."""

import sys

import pytest

from tests.tools import everything
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


def test_tests_stop_at_the_first_stage_that_fails(capfd):
    assert everything.first_failure_stops([BAD, GOOD], absent=[]) is False

    assert "== good" not in capfd.readouterr().out


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
    monkeypatch.setattr(everything, "test_stages", lambda: [BROWSER])

    assert everything.main([]) == status


def test_the_demo_of_make_run_is_out_of_reach(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///ours")
    monkeypatch.setenv("SQLITE_PATH", "var/db.sqlite3")

    environment = everything.environment(GOOD)

    assert environment["VAR_DIR"] == str(everything.OURS)
    assert not {"DATABASE_URL", "SQLITE_PATH"} & set(environment)
