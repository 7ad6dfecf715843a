"""The demo as a stranger meets it: real processes, on a free port, over a database of its own.

python -m tests.journeys.demo_server FOLDER    (seeds it there, for runs told of it by SEEDED_DEMO)
"""

import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.tools import template_database

ROOT = Path(__file__).resolve().parents[2]
#: Seconds a cold start may take on a slow machine.
PATIENCE = 60
#: What `make run` does before it serves, in one process.
SEED = """
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
call_command("seed_demo")
call_command("collectstatic", interactive=False, verbosity=0)
"""


@dataclass(frozen=True)
class DemoSite:
    """Where the demo can be visited, and its environment for commands run beside it."""

    base_url: str
    environment: dict[str, str]

    @property
    def mail_url(self) -> str:
        """Where the mail it sent can be read."""
        return f"{self.base_url}/demo/mail/"

    def manage(self, *arguments: str) -> str:
        """Run a management command on the same database; return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        result = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True
        )
        if result.returncode:
            raise RuntimeError(f"{arguments[0]} failed:\n{result.stdout}\n{result.stderr}")
        return result.stdout

    def ask(self, statement: str, *values: object) -> list[object]:
        """Return the first column of what the database answers; a command would take seconds."""
        with closing(sqlite3.connect(Path(self.environment["VAR_DIR"]) / "db.sqlite3")) as database:
            return [row[0] for row in database.execute(statement, values)]

    def key_of(self, title: str) -> object:
        """Return the key of the page with that English title, without looking for it in a list."""
        return self.ask("SELECT id FROM pages_basepage WHERE title_en = ?", title)[0]


@contextmanager
def running_demo(folder: Path) -> Iterator[DemoSite]:
    """Serve the demo seeded in that folder, and end every process afterwards."""
    port = free_port()
    site = DemoSite(f"http://127.0.0.1:{port}", environment_for(folder, port))
    with (folder / "log").open("w+") as log:
        commands = (
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py"],
            [sys.executable, "manage.py", "tick", "--loop"],
        )
        processes = [
            subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=log, stderr=log)
            for command in commands
        ]
        try:
            wait_until_it_answers(site, processes[0], folder / "log")
            yield site
        finally:
            end(*processes)


def copy_of_the_demo(shared: Path, folder: Path) -> Path:
    """Return the folder with a demo that was seeded once for all who share the other one."""
    if "SEEDED_DEMO" in os.environ:
        shutil.copytree(os.environ["SEEDED_DEMO"], folder, dirs_exist_ok=True)
        return folder
    seeded = shared / "seeded-demo"
    with (shared / "seeded-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seeded.exists():
            half = shared / "half-seeded-demo"
            half.mkdir()
            seed(half)
            half.rename(seeded)
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    return folder


def seed(folder: Path) -> None:
    site = DemoSite("", environment_for(folder, free_port()))
    template_database.copy_as(folder / "db.sqlite3")  # migrated already: saves time
    site.manage("shell", "-v0", "-c", SEED)


def environment_for(folder: Path, port: int) -> dict[str, str]:
    """Return an environment in which nothing of the caller's site is touched."""
    ours = (
        "DATABASE_URL",
        "CACHE_URL",
        "SQLITE_PATH",
        "MEDIA_ROOT",
        "BASE_URL",
        "PARTNER_LANGUAGES",
    )
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "partnership.settings.demo",
        "VAR_DIR": str(folder),
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def wait_until_it_answers(site: DemoSite, web: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and web.poll() is None:
        try:
            with urlopen(f"{site.base_url}/healthz", timeout=5):  # noqa: S310 - our own server
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The demo does not answer:\n{log.read_text()[-4000:]}")


def end(web: subprocess.Popen, clock: subprocess.Popen) -> None:
    """End both at once: a browser that is gone keeps its connections open for seconds."""
    web.send_signal(signal.SIGQUIT)
    clock.terminate()
    for process in (web, clock):
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.test")
    Path(sys.argv[1]).mkdir()
    seed(Path(sys.argv[1]))
