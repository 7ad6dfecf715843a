"""Where the site keeps what it can make again: files of this machine, or Redis by CACHE_URL."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

from django.core.exceptions import ImproperlyConfigured

from partnership.env import address_parts

# Seconds; a Redis that hangs must not hang the site.
PATIENCE = 0.5


def shared_cache(url: str, name: str, *, folder: Path) -> dict[str, Any]:
    """Return the settings of one cache, shared by all workers; no URL means files in a folder.

    Raises ImproperlyConfigured for an address that is none of Redis.
    """
    if url:
        _refuse_other_than_redis(url)
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


def _refuse_other_than_redis(url: str) -> None:
    """Stop the start: the cache fails softly, so later nobody would be told.

    A ``,`` or ``;`` stands between the servers of a group, as Django reads it.
    """
    for server in re.split("[;,]", url):
        parts = address_parts(server)
        is_socket = parts is not None and parts.scheme == "unix" and bool(parts.path)
        if parts is None or not (is_socket or _is_of_a_server(parts)):
            raise ImproperlyConfigured("CACHE_URL must be redis://host:6379/0 or be left out.")


def _is_of_a_server(parts: SplitResult) -> bool:
    is_redis = parts.scheme in {"redis", "rediss"} and bool(parts.hostname)
    return is_redis and bool(re.fullmatch(r"(/[0-9]*)?", parts.path)) and not parts.fragment
