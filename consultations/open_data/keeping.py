"""The files of open data: made when somebody asks, kept until anything public changes.

What is public is known by the version of the pages (``serving.cache``): whoever hides, erases,
corrects or publishes anything renews it. So a file is as true as a page.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from consultations.models import ConsultationPage
from consultations.open_data.published import pieces_of
from partnership.serving.cache import version
from partnership.tables.writing import private_file


def kept(name: str) -> IO[bytes] | None:
    """Return the file that is still true, opened; None when it has to be made."""
    now = version()
    try:
        return _path(name, now).open("rb") if now else None
    except FileNotFoundError:
        return None


def name_of(consultation: ConsultationPage, file_format: str) -> str:
    """What the file of a consultation is kept as."""
    return f"{consultation.pk}-{file_format}"


def made(consultation: ConsultationPage, file_format: str) -> Iterator[bytes]:
    """Make the file of a consultation anew, as it is read from the database."""
    return made_of(pieces_of(consultation, file_format), name_of(consultation, file_format))


def made_of(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Hand the file out piece by piece, and keep it whole.

    One that breaks off is kept by nobody, nor one during which something public changed.
    """
    now = version()
    path = _path(name, now)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{uuid4()}-{now}.part")
    try:
        with private_file(unfinished) as file:
            for piece in pieces:
                file.write(piece)
                yield piece
        if now and version() == now:
            with suppress(FileNotFoundError):  # thrown away with all the others
                unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def clear_away() -> int:
    """Delete every file that is true no longer; return how many. Safe to run twice."""
    now = version()
    return _delete(path for path in _files() if path.stem.rpartition("-")[2] != now)


def throw_away() -> int:
    """Delete every file: words or names went for good."""
    return _delete(_files())


def _files() -> Iterator[Path]:
    folder = Path(settings.OPEN_DATA_ROOT)
    return iter(list(folder.iterdir()) if folder.is_dir() else ())


def _delete(paths: Iterator[Path]) -> int:
    deleted = 0
    for path in paths:
        path.unlink(missing_ok=True)
        deleted += 1
    return deleted


def _path(name: str, now: str) -> Path:
    return Path(settings.OPEN_DATA_ROOT) / f"{name}-{now}.data"
