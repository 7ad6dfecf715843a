"""Runs a command with DATABASE_URL leading to a PostgreSQL made for it and removed after it.

python -m tests.tools.postgres COMMAND [ARGUMENT ...]
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tools import machine

#: Accounts that may own the cluster when we are root, which PostgreSQL refuses to run as.
UNPRIVILEGED = ("postgres", "nobody")
#: Nothing in it outlives the run, so it need not survive a power cut.
SETTINGS = (
    "listen_addresses=",  # a socket in the folder, no port to collide with
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "checkpoint_timeout=1h",
    "max_wal_size=8GB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "shared_buffers=256MB",
    "max_connections=300",
)


class NoPostgres(Exception):  # noqa: N818 - said to a person, not handled
    """The machine has no PostgreSQL, or none that starts."""


@contextmanager
def throw_away_cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of an empty cluster; it is stopped and removed in any case."""
    initdb = machine.find("postgresql")
    if initdb is None:
        raise NoPostgres("PostgreSQL is missing: install the package postgresql.")
    programs = Path(initdb).resolve().parent
    # Not under var/: a socket's path may have at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="partnership-pg-"))
    data = folder / "data"
    try:
        _hand_over(folder)
        _run(programs / "initdb", "--pgdata", data, "--username=partnership", "--auth=trust",
             "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        options = " ".join(
            f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={folder}")
        )
        _run(programs / "pg_ctl", "--pgdata", data, "--log", folder / "log", "--wait",
             "--options", options, "start")  # fmt: skip
        yield f"postgres://partnership@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            _run(programs / "pg_ctl", "--pgdata", data, "--mode=immediate", "--wait", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Return the account to become; None when we are nobody special already."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no account to run it as.")


def _hand_over(folder: Path) -> None:
    if owner := _owner():
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def _run(program: Path, *arguments: object) -> None:
    owner = _owner()
    result = subprocess.run(
        [str(program), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",  # the account may not enter the folder we were started in
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
    )
    if result.returncode:
        raise NoPostgres(f"{program.name} failed: {result.stderr.strip() or result.stdout.strip()}")


def main(command: list[str]) -> int:
    """Run the command beside a cluster of its own; return its exit status."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster goes with us
    with throw_away_cluster() as url:
        return subprocess.run(
            command, check=False, env={**os.environ, "DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
