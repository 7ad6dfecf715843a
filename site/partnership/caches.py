"""Where the site keeps what it can make again: files of this machine, or Redis by CACHE_URL."""

from pathlib import Path
from typing import Any

# Seconds; a Redis that hangs must not hang the site.
PATIENCE = 0.5


def shared_cache(url: str, name: str, *, folder: Path) -> dict[str, Any]:
    """Return the settings of one cache, shared by all workers; no URL means files in a folder."""
    if url:
        return {
            "BACKEND": "partnership.serving.backends.FailSoftRedisCache",
            "LOCATION": url,
            "KEY_PREFIX": name,
            "OPTIONS": {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE},
        }
    return {
        "BACKEND": "partnership.serving.backends.FailSoftFileCache",
        "LOCATION": str(folder / name),
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
