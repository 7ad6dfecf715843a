"""Uploads on the disk: a file is there whole, or not at all."""

import errno
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT)


def is_of_a_full_disk(error: BaseException | None) -> bool:
    """Whether nothing more can be written, which passes when somebody makes room."""
    return isinstance(error, OSError) and error.errno in DISK_IS_FULL


class WholeFiles(FileSystemStorage):
    """Writes beside the place first; a disk that is full in the middle is left as it was."""

    def _save(self, name: str, content: File) -> str:
        written = _Written(Path(self.path(name)).parent)
        try:
            written.fill(content)
            return super()._save(name, written)  # type: ignore[misc] # the stubs leave it out
        finally:
            written.path.unlink(missing_ok=True)


class _Written:
    """What a storage takes for an upload on the disk already: it is moved, in one step."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f".{uuid4().hex}.part"

    def fill(self, content: File) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("xb") as file:
            for chunk in content.chunks():
                file.write(chunk.encode() if isinstance(chunk, str) else chunk)

    def temporary_file_path(self) -> str:
        return str(self.path)
