"""Make a backup, forget old ones, put one back."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from partnership.backups import archive, dumping
from partnership.backups.refusals import CannotRestore
from partnership.pages.languages import CODES
from partnership.people import erasure
from partnership.people.models import Resident
from partnership.serving import public_forgotten

#: Days a backup is kept: what somebody had erased is in none of them after that.
KEPT_DAYS = 35
NAMED = "partnership-%Y%m%dT%H%M%SZ.tar.gz"


def back_up(folder: Path) -> Path:
    """Write a backup into the folder, which is made where it is missing; return the file.

    Raises CannotBackUp. The database comes first: an upload it names is in the file, too.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = timezone.now().astimezone(UTC)
    with _workroom(folder) as room:
        told = {
            "made_at": now.isoformat(timespec="seconds"),
            "database": connection.vendor,
            "languages": list(CODES),
            "key": _key(),
        }
        target = folder / now.strftime(NAMED)
        archive.write(target, dumping.dump(room), Path(settings.MEDIA_ROOT), told=told)
    return target


def forget_older(folder: Path, *, than_days: int) -> list[Path]:
    """Delete the backups in the folder that are older, by their names; return which."""
    last = timezone.now() - timedelta(days=than_days)
    old = [path for path in sorted(folder.iterdir()) if (at := _made_at(path)) and at < last]
    for path in old:
        path.unlink()
    return old


def _made_at(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.name, NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def put_back(source: Path, *, in_place_of_all: bool = False) -> int:
    """Put everything back; return how many people were erased since and are erased again.

    The file is read and compared as a whole first. Tables of an older release are migrated.
    Raises CannotRestore; what was there is then as it was.
    """
    Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
    with _workroom(Path(settings.VAR_DIR)) as room:
        manifest = archive.unpack(source, room)
        _refuse_unfit(manifest)
        if not in_place_of_all:
            _refuse_to_lose(manifest)
        _put_uploads(room / archive.MEDIA, Path(settings.MEDIA_ROOT))
        dumping.load(room / dumping.NAMES[connection.vendor])
    call_command("migrate", interactive=False, verbosity=0)
    again = erasure.erase_again()
    for cache in caches.all():
        cache.clear()
    public_forgotten()
    return again


def _refuse_unfit(manifest: dict[str, Any]) -> None:
    database, languages = manifest.get("database"), manifest.get("languages", [])
    if database != connection.vendor:
        raise CannotRestore(f"it is of {database}, and this site runs on {connection.vendor}.")
    if languages != list(CODES):
        raise CannotRestore(
            f"it was made with other languages. Set PARTNER_LANGUAGES={','.join(languages)} first."
        )


def _refuse_to_lose(manifest: dict[str, Any]) -> None:
    if _holds_something():
        raise CannotRestore("there is a site here. --force puts the backup in its place.")
    if manifest.get("key") != _key():
        raise CannotRestore(
            "it was made with another SECRET_KEY, without which no guest and no code on paper "
            "is known again. Set that key first; --force does without it."
        )


def _key() -> str:
    """What tells whether two sites have the same SECRET_KEY, and nothing of the key."""
    return salted_hmac("partnership.backups", "key", algorithm="sha256").hexdigest()


def _holds_something() -> bool:
    tables = connection.introspection.table_names()
    return Resident._meta.db_table in tables and Resident.objects.exists()


def _put_uploads(source: Path, target: Path) -> None:
    """Each file at once; what else lies there stays."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, place)


@contextmanager
def _workroom(folder: Path) -> Iterator[Path]:
    """A folder for a while, which nobody else may read."""
    room = Path(tempfile.mkdtemp(prefix=".backup-", dir=folder))
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)
