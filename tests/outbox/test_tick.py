"""The clock."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import call_command

from partnership.outbox import clock, services
from partnership.outbox.management.commands import tick
from partnership.outbox.management.commands.tick import run_all
from tests.factories.outbox import OutgoingMailFactory

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def only_these_tasks(monkeypatch):
    """An empty registry for the length of a test."""
    monkeypatch.setattr(clock, "_entries", {})


@pytest.mark.usefixtures("only_these_tasks")
def test_a_task_that_fails_stops_no_other():
    ran = []

    def fails() -> None:
        raise OSError("the disk is full")

    clock.on_tick(fails)
    clock.on_tick(lambda: ran.append("other"))

    assert len(run_all()) == 1
    assert ran == ["other"]


@pytest.mark.usefixtures("only_these_tasks")
def test_a_task_with_a_pause_runs_once_in_it():
    ran = []
    clock.on_tick(lambda: ran.append("hourly"), every=3600)

    run_all()
    run_all()

    assert ran == ["hourly"]


@pytest.mark.usefixtures("only_these_tasks")
def test_no_task_waits_for_one_that_runs_apart():
    stopped, over, told = threading.Event(), threading.Event(), threading.Event()
    waited = []

    def long() -> None:
        waited.append(told.wait(20))  # the mails of this round and the next
        over.set()

    def mails() -> None:
        mails.rounds = getattr(mails, "rounds", 0) + 1
        if mails.rounds == 2:
            told.set()
            over.wait(20)
            stopped.set()

    clock.on_tick(long, apart=True)
    clock.on_tick(mails)
    # Both in threads: a lane closes the connections of its thread, and this one's are the test's.
    lanes = [
        threading.Thread(
            target=tick.go_on, args=(stopped,), kwargs={"apart": apart, "pause": 0}, daemon=True
        )
        for apart in (True, False)
    ]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join(30)

    assert waited[0] is True
    assert not any(lane.is_alive() for lane in lanes)


def test_large_exports_are_made_apart_and_everything_else_is_not():
    apart = [entry.name for entry in clock.entries() if entry.is_apart]

    assert apart == ["consultations.exports.jobs.make_next"]


@pytest.mark.django_db
@pytest.mark.usefixtures("only_these_tasks")
def test_a_single_tick_runs_what_is_apart_last():
    ran = []
    clock.on_tick(lambda: ran.append("long"), apart=True)

    def mails() -> None:
        ran.append("mails")

    clock.on_tick(mails)

    call_command("tick")

    assert ran == ["mails", "long"]


@pytest.mark.usefixtures("only_these_tasks")
def test_a_task_registered_twice_runs_once():
    clock.on_tick(services.deliver_due)
    clock.on_tick(services.deliver_due)

    assert len(clock.entries()) == 1


def test_mail_and_its_cleaning_are_registered():
    tasks = {entry.task for entry in clock.entries()}

    assert {services.deliver_due, services.forget_old} <= tasks


@pytest.mark.django_db
def test_tick_delivers_what_is_due(mailoutbox):
    OutgoingMailFactory()

    call_command("tick")

    assert len(mailoutbox) == 1


WITH_A_LONG_TASK = """
import time
import django
django.setup()
from django.core.management import call_command
from partnership.outbox import clock
clock.on_tick(lambda: time.sleep(120), apart=True)
call_command("tick", "--loop")
"""


def test_the_loop_survives_a_missing_database_and_ends_cleanly_on_sigterm(tmp_path):
    (tmp_path / "no-folder").touch()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "partnership.settings.test",
        "PYTHONPATH": "site",
        "SQLITE_PATH": str(tmp_path / "no-folder" / "db.sqlite3"),
    }
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, "-c", WITH_A_LONG_TASK],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    failures = 0
    started = time.monotonic()
    while failures < 2 and time.monotonic() - started < 60:
        failures += "deliver_due failed" in process.stderr.readline()

    process.send_signal(signal.SIGTERM)
    status = process.wait(timeout=15)

    assert failures == 2  # it went on after the first, and beside the long one
    assert status == 0  # and left that one where it was
