"""On a database that is not migrated our commands say so in a sentence, and do nothing."""

import threading
from importlib import import_module

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from partnership.migrated import NeedsTables, lacking_tables
from partnership.outbox.management.commands import tick
from tests.workshop.house import files, import_name

#: What each does where tables lack: makes them, copies them as they are, needs none, waits.
KNOW_BETTER = {
    "add_language",
    "away_page",
    "restore",
    "run_demo",
    "backup",
    "demo_accounts",
    "makemigrations",
    "tick",
}

pytestmark = pytest.mark.django_db


def migrations():
    return MigrationRecorder(connection).migration_qs


@pytest.mark.parametrize(
    "command",
    [
        ("recount",),
        ("verify_results",),
        ("check_ledger",),
        ("freeze_results", "safe-routes"),
        ("export_consultation", "safe-routes"),
        ("start_partnership",),
        ("seed_demo",),
        ("tick",),
        ("createsuperuser",),
    ],
)
def test_a_command_does_nothing_on_a_database_of_an_older_release(command):
    migrations().filter(app="outbox").delete()

    with pytest.raises(
        CommandError, match=r"of an older release: .* Run: python manage.py migrate"
    ):
        call_command(*command)


@pytest.mark.both
def test_a_database_without_tables_is_told_from_an_older_one():
    assert lacking_tables() == ""

    migrations().delete()

    assert lacking_tables() == "The database has no tables yet. Run: python manage.py migrate"


def test_a_database_that_is_away_is_told_in_a_sentence():
    def is_away(*_arguments):
        raise OperationalError("could not connect to server")

    with (
        connection.execute_wrapper(is_away),
        pytest.raises(CommandError, match="The database does not answer: could not connect"),
    ):
        call_command("recount")


def test_every_command_needs_the_tables_or_knows_better():
    commands = [path for path in files("*/management/commands/*.py") if path.name != "__init__.py"]

    need_none = {
        path.stem
        for path in commands
        if not issubclass(import_module(import_name(path)).Command, NeedsTables)
    }

    assert need_none == KNOW_BETTER


@pytest.mark.parametrize("command", ["backup", "recount", "tick"])
def test_what_could_be_better_is_for_check_to_say(monkeypatch, capsys, command):
    """Cron sends by mail whatever a command says: a pair without a catalogue heard it nightly."""
    path = files(f"*/management/commands/{command}.py")[0]
    ours = import_module(import_name(path)).Command
    told = [checks.Warning("Polski has words for 0 sentences")]
    for place in ("django.core.checks", "partnership.migrated"):
        monkeypatch.setattr(f"{place}.run_checks", lambda **_asked: told)

    ours().check()
    assert capsys.readouterr().err == ""

    told.append(checks.Error("A setting is wrong"))
    with pytest.raises(SystemCheckError, match="A setting is wrong"):
        ours().check()


def test_the_clock_waits_for_the_tables_and_says_so_once(caplog):
    applied = list(migrations().filter(app="outbox"))
    migrations().filter(app="outbox").delete()
    stopped = Migrating(applied, after=3)

    tick.wait_for_tables(stopped, pause=0)

    (told,) = caplog.messages
    assert told.startswith("The clock waits. The database is of an older release: ")
    assert (stopped.pauses, stopped.is_set()) == (3, False)


class Migrating(threading.Event):
    """Nobody stops the clock; after so many pauses somebody has migrated."""

    def __init__(self, rows: list, *, after: int) -> None:
        super().__init__()
        self.rows, self.after, self.pauses = rows, after, 0

    def wait(self, timeout: float | None = None) -> bool:
        self.pauses += 1
        if self.pauses == self.after:
            migrations().model.objects.bulk_create(self.rows)
        return super().wait(timeout)
