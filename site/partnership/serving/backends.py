"""Caches that never turn a request into an error: what cannot be cached is made afresh."""

import itertools
import logging
import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from zlib import error as ZlibError  # noqa: N812 - zlib names its exception in lower case

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.core.files import locks
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

#: A full or missing disk, and a file that was cut off.
FILE_TROUBLE = (OSError, EOFError, pickle.UnpicklingError, ZlibError)
#: Seconds without another attempt after one that failed. A page asks a dozen times, and a Redis
#: that hangs would keep it waiting each time.
REST = 2.0


def or_else(answer: Any, *, trouble: tuple[type[Exception], ...]) -> Callable[..., Any]:
    """Decorate an operation of a cache: when the store is in trouble, log it and answer this."""

    def decorate(operation: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(operation)
        def soft(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                return operation(self, *args, **kwargs)
            except trouble as error:
                tell(operation.__name__, error)
                return answer

        return soft

    return decorate


class Resting(RedisError):  # noqa: N818 - a state of ours, no mistake
    """Nothing was asked: the last attempt failed a moment ago."""


class RestingClient(RedisCacheClient):
    """Asks nothing for a while after something failed, in this process."""

    rests_until = 0.0

    def get_client(self, *args: Any, **kwargs: Any) -> Any:
        """Return what speaks with the server; raises Resting while it is left alone."""
        if time.monotonic() < RestingClient.rests_until:
            raise Resting
        return super().get_client(*args, **kwargs)


def tell(operation: str, error: Exception) -> None:
    """Log that the store is in trouble; if it is Redis, leave it alone for a while."""
    if isinstance(error, Resting):
        return
    if isinstance(error, RedisError):
        RestingClient.rests_until = time.monotonic() + REST
    logger.warning("Cache is unavailable (%s): %s", operation, error)


class FailSoftFileCache(FileBasedCache):
    """Files shared by all workers of one machine; a broken disk is a cache without entries."""

    CULL_EVERY = 50  # counting the files takes milliseconds, so not at every write
    _writes = itertools.count(1)

    @or_else(None, trouble=FILE_TROUBLE)
    def _createdir(self) -> None:
        """Make the folder for this account alone; those above it are as others are.

        Uploads may be in them, and the web server reads those.
        """
        Path(self._dir).parent.mkdir(parents=True, exist_ok=True)
        super()._createdir()

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except FILE_TROUBLE as error:
            tell("get", error)
            return default

    @or_else(False, trouble=FILE_TROUBLE)
    def has_key(self, key: str, version: int | None = None) -> bool:
        return super().has_key(key, version)

    def set(self, key: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Write the value, or at least make sure that the old one is gone."""
        try:
            super().set(key, value, *args, **kwargs)
        except FILE_TROUBLE as error:
            tell("set", error)
            self.delete(key, kwargs.get("version"))

    # True when in trouble: to a lock or a limit, a store that is down is an empty one.
    @or_else(True, trouble=FILE_TROUBLE)
    def add(self, key: str, *args: Any, **kwargs: Any) -> bool:
        with self._alone():
            return super().add(key, *args, **kwargs)

    @or_else(1, trouble=FILE_TROUBLE)
    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count in one step for all workers; what is counted lives no longer for it."""
        with self._alone():
            value = self.get(key, self._missing_key, version=version)
            if value is self._missing_key:
                raise ValueError(f"Key '{key}' not found")
            self.set(key, value + delta, self._seconds_left(key, version), version)
        return int(value + delta)

    def _seconds_left(self, key: str, version: int | None) -> float | None:
        """How long the entry still lives; None for ever."""
        with Path(self._key_to_file(key, version)).open("rb") as file:
            ends_at = pickle.load(file)  # noqa: S301 - written by us, and read so by Django too
        return None if ends_at is None else max(0, ends_at - time.time())

    @or_else(False, trouble=FILE_TROUBLE)
    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return super().touch(*args, **kwargs)

    @or_else(False, trouble=FILE_TROUBLE)
    def _delete(self, fname: str) -> bool:
        return super()._delete(fname)

    @or_else(None, trouble=FILE_TROUBLE)
    def _cull(self) -> None:
        """Once in a while, make room: the third that was written longest ago goes."""
        if next(self._writes) % self.CULL_EVERY:
            return
        files = self._list_cache_files()
        if len(files) < self._max_entries:
            return
        too_many = len(files) - 2 * self._max_entries // 3
        for name in sorted(files, key=os.path.getmtime)[:too_many]:
            self._delete(name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock: adding and counting are one step for all workers."""
        with (Path(self._dir) / "lock").open("a") as lock_file:
            locks.lock(lock_file, locks.LOCK_EX)
            yield  # closing the file gives the lock back


class FailSoftRedisCache(RedisCache):
    """Redis for several machines; when it is away the site is slower, not down."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = RestingClient

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        try:
            return super().get(key, default, version)
        except RedisError as error:
            tell("get", error)
            return default

    set = or_else(None, trouble=(RedisError,))(RedisCache.set)
    add = or_else(True, trouble=(RedisError,))(RedisCache.add)
    incr = or_else(1, trouble=(RedisError,))(RedisCache.incr)
    touch = or_else(False, trouble=(RedisError,))(RedisCache.touch)
    delete = or_else(False, trouble=(RedisError,))(RedisCache.delete)
    has_key = or_else(False, trouble=(RedisError,))(RedisCache.has_key)
    clear = or_else(False, trouble=(RedisError,))(RedisCache.clear)
    get_many = or_else({}, trouble=(RedisError,))(RedisCache.get_many)
    set_many = or_else([], trouble=(RedisError,))(RedisCache.set_many)
    delete_many = or_else(None, trouble=(RedisError,))(RedisCache.delete_many)
