"""What a page costs that nobody changed since the last reader, against a bare Django view."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.bench

ROOT = Path(__file__).resolve().parents[2]
REQUESTS = 3000
ROUNDS = 5  # of each, taken in turns; the best of each counts, as noise only adds
TICKS = os.sysconf("SC_CLK_TCK")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an empty partnership in a folder of its own."""
    folder = tmp_path_factory.mktemp("serving")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "partnership.settings.demo",
        "VAR_DIR": str(folder),
        "SQLITE_PATH": str(folder / "db.sqlite3"),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    for command in ("migrate", "start_partnership", "collectstatic --noinput"):
        arguments = [sys.executable, "manage.py", *command.split(), "--verbosity", "0"]
        subprocess.run(arguments, cwd=ROOT, env=env, check=True)
    return env


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(application: str, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """One gunicorn worker as the site runs it; gives its port and the worker's process."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--workers", "1"),
        *("--max-requests", "0", "--bind", f"127.0.0.1:{port}", application),
    ]
    master = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(port)
        children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text()
        yield port, int(children.split()[0])
    finally:
        master.terminate()
        master.wait(timeout=30)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"Nothing answers on port {port}.")


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def cost(port: int, pid: int, path: str, headers: dict[str, str]) -> float:
    """Processor seconds of one request, over a connection that is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    before = processor_seconds(pid)
    answered = 0
    while answered < REQUESTS:
        try:
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()
        except (http.client.HTTPException, ConnectionError):
            connection.close()  # gunicorn ends a connection that was quiet for long
        else:
            answered += 1
    connection.close()
    return (processor_seconds(pid) - before) / REQUESTS


def first_answer(port: int, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer


@pytest.mark.parametrize("known", [False, True], ids=["page", "not changed"])
def test_a_page_nobody_changed_costs_little_more_than_a_bare_view(
    site: dict[str, str], known: bool, figure: Callable[..., None]
) -> None:
    env = {**site, "DJANGO_SETTINGS_MODULE": ""}
    with (
        served("tests.bench.bare", env) as bare,
        served("partnership.wsgi", site) as (port, worker),
    ):
        answer = first_answer(port, "/en/")
        assert answer.status == 200
        headers = {"If-None-Match": answer.headers["ETag"]} if known else {}
        rounds = [
            (cost(*bare, "/", {}), cost(port, worker, "/en/", headers)) for _ in range(ROUNDS)
        ]

    ratio = min(page for _bare, page in rounds) / min(bare for bare, _page in rounds)
    what = "a page nobody changed" + (", asked by a reader who has it" if known else "")
    figure(what, ratio, unit="x a bare view", at_most=1.5)
