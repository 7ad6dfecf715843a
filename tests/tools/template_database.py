"""A migrated SQLite file that test runs copy, so that only the first one migrates.

Its name holds a digest of all migrations and of the languages: when one changes, it is made anew.
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("site", "home", "events", "consultations")


def copy_to(connection: Any) -> bool:
    """Put a copy where the tests will look for their database; whether there was one."""
    return connection.vendor == "sqlite" and copy_as(_path(connection))


def copy_as(path: Path) -> bool:
    """Put a copy there; whether there was one."""
    if not _template().exists():
        return False
    shutil.copyfile(_template(), path)
    return True


def keep(connection: Any) -> None:
    """Keep this migrated database for other runs; whole or not at all."""
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    half = _template().with_suffix(f".{os.getpid()}")
    connection.connection.execute("VACUUM INTO ?", (str(half),))
    half.replace(_template())


def remove_copy(connection: Any) -> None:
    """Remove what copy_to() made; Django leaves a database alone that it did not make."""
    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{_path(connection)}{suffix}").unlink(missing_ok=True)


def _path(connection: Any) -> Path:
    return Path(connection.settings_dict["TEST"]["NAME"])


def _template() -> Path:
    digest = hashlib.sha256(sqlite3.sqlite_version.encode() + repr(settings.LANGUAGES).encode())
    for room in ROOMS:
        for migration in sorted((ROOT / room).rglob("migrations/*.py")):
            digest.update(migration.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())
    return Path(settings.VAR_DIR) / f"migrated-{digest.hexdigest()[:16]}.sqlite3"
