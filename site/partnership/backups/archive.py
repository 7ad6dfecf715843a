"""The file of a backup: the database, the uploads, and a list of both with their SHA-256."""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from partnership.backups.refusals import CannotRestore
from partnership.tables.writing import private_file

MANIFEST, MEDIA = "manifest.json", "media"
BLOCK = 1024 * 1024


class Hashed:
    """A file that is read once and knows afterwards what was in it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.sha256.update(block)
        return block


def write(target: Path, database: Path, media: Path, *, told: dict[str, Any]) -> dict[str, Any]:
    """Write the file, whole or not at all, readable by its owner only; return its manifest.

    ``told`` is what stands in the manifest besides the files. Memory does not grow with the
    size of anything; an upload that goes meanwhile is left out.
    """
    partial = target.with_suffix(".partial")
    try:
        with private_file(partial) as file:
            manifest = _fill(file, database, media, told)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _fill(file: IO[bytes], database: Path, media: Path, told: dict[str, Any]) -> dict[str, Any]:
    files: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
        for name, path in _contents(database, media):
            _add(tar, name, path, files)
        manifest = {**told, "files": files}
        _add_text(tar, MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _contents(database: Path, media: Path) -> Iterator[tuple[str, Path]]:
    yield database.name, database
    for path in sorted(media.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{MEDIA}/{path.relative_to(media).as_posix()}", path


def _add(tar: tarfile.TarFile, name: str, path: Path, files: dict[str, str]) -> None:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = os.fstat(file.fileno()).st_size, 0o600
        entry.mtime = int(os.fstat(file.fileno()).st_mtime)
        hashed = Hashed(file)
        tar.addfile(entry, hashed)
        files[name] = hashed.sha256.hexdigest()


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    tar.addfile(entry, io.BytesIO(data))


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder, compare every file, return the manifest.

    Raises CannotRestore for what is no backup, is cut short or was changed.
    """
    found: dict[str, str] = {}
    try:
        with tarfile.open(source, mode="r|gz") as tar:
            for entry in tar:
                found[entry.name] = _unpack(tar, entry, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        promised = dict(manifest["files"])
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        why = getattr(error, "strerror", "") or error  # without the number and the name again
        raise CannotRestore(f"{source} is no whole backup: {why}") from error
    found.pop(MANIFEST)
    if found != promised:
        wrong = sorted({*(found.items() ^ promised.items())})
        raise CannotRestore(f"{source} is not as it was written: {wrong[0][0]} differs.")
    return manifest


def _unpack(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> str:
    """Write one file below the folder; return its SHA-256."""
    path = PurePosixPath(entry.name)
    content = tar.extractfile(entry) if entry.isreg() else None
    if content is None or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{entry.name} has no place in a backup")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    hashed = Hashed(content)
    with target.open("wb") as file:
        shutil.copyfileobj(hashed, file, BLOCK)
    return hashed.sha256.hexdigest()
