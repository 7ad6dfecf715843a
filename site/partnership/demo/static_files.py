"""Collects the static files, but only when one of them has changed since the last time."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.compress import Compressor

from partnership.interface.storage import PastedStaticFilesStorage


class DemoStaticFilesStorage(PastedStaticFilesStorage):
    """The files of a server without Brotli, which takes longest to make and helps far readers."""

    def create_compressor(self, **options: Any) -> Compressor:
        return super().create_compressor(use_brotli=False, **options)


def collect_when_changed() -> bool:
    """Collect the files unless nothing changed; return whether it was needed."""
    stamp = Path(settings.VAR_DIR) / "static.stamp"
    fingerprint = _fingerprint()
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if collected.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def _fingerprint() -> str:
    """Return a digest of every file's path, size and time of change."""
    digest = sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()
