"""The throw-away PostgreSQL of `make test`."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.tools import machine, postgres
from tests.workshop.house import ROOT

pytestmark = pytest.mark.skipif(
    machine.find("postgresql") is None, reason="make test says so when PostgreSQL is missing"
)


def socket_folder(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def test_the_cluster_is_removed_even_after_a_failure():
    seen = []

    def fail_beside_it() -> None:
        with postgres.throw_away_cluster() as url:
            seen.append((socket_folder(url) / "data" / "postmaster.pid").exists())
            seen.append(socket_folder(url))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_beside_it()

    assert seen[0] is True
    assert not seen[1].exists()


def test_the_command_gets_the_address_and_gives_its_status():
    tell = "import os, sys; print(os.environ['DATABASE_URL']); sys.exit(7)"
    command = [sys.executable, "-m", "tests.tools.postgres", sys.executable, "-c", tell]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 7
    assert run.stdout.startswith("postgres://partnership@/postgres?host=")
    assert not socket_folder(run.stdout.strip()).exists()
