"""Caches that never turn a request into an error: what cannot be cached is made afresh."""

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.redis import RedisCache


class FailSoftFileCache(FileBasedCache):
    """Placeholder."""


class FailSoftRedisCache(RedisCache):
    """Placeholder."""
