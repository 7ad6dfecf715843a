"""The store of pages shared by all workers, and the version that renews it as a whole."""

import secrets
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.db import transaction

VERSION_KEY = "version"


class StoredPage(NamedTuple):
    """A response as readers without a session get it.

    ``address`` is compared on reading, because addresses with a query share places.
    """

    version: str
    address: str
    expires_at: float
    headers: tuple[tuple[str, str], ...]
    body: bytes


def store() -> BaseCache:
    """The cache that holds pages and nothing else, so that pages never crowd out limits."""
    return caches["pages" if "pages" in settings.CACHES else "default"]


def version() -> str:
    """Return the token every page of now is stored under; empty when the store is down."""
    found = store().get(VERSION_KEY)
    return found or _first_version()


def _first_version() -> str:
    # add(), then get(): two workers that start together agree on one token.
    store().add(VERSION_KEY, secrets.token_hex(8), None)
    return store().get(VERSION_KEY) or ""


def renew() -> None:
    """Make every stored page old.

    A random token and not a counter: a counter that was lost would start again and bring
    old pages back.
    """
    store().set(VERSION_KEY, secrets.token_hex(8), None)


def public_changed(**_signal: Any) -> None:
    """Renew the pages as soon as the current transaction is committed.

    Also the receiver of signals, hence the ignored arguments. A rolled-back write renews
    nothing, and a store that is down never breaks the write.
    """
    transaction.on_commit(renew, robust=True)
