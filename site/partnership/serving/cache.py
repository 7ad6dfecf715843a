"""The store of pages shared by all workers, and the version that renews it as a whole."""

import secrets
from collections.abc import Callable
from time import time
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.core.cache.backends.filebased import FileBasedCache
from django.db import transaction

VERSION_KEY = "version"
#: Pages a process has at hand already unpacked; the version, read from the shared store at
#: every request, says whether they are still true.
MOST_AT_HAND = 64
_at_hand: dict[str, "StoredPage"] = {}
_also_then: list[Callable[[], Any]] = []


class StoredPage(NamedTuple):
    """A response as readers without a session get it.

    ``address`` is compared on reading, because addresses with a query share places.
    """

    version: str
    address: str
    expires_at: float
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def answers(self, version: str, address: str) -> bool:
        """Whether this is what a reader of that address should get now."""
        is_true = self.version == version and time() < self.expires_at
        return is_true and self.address == address


def find(key: str, version: str, address: str) -> StoredPage | None:
    """Return the page kept for that address, None when there is none that is still true."""
    page = _at_hand.get(key)
    if page is not None and page.answers(version, address):
        return page
    if page is not None and page.version != version:
        _at_hand.clear()  # whatever is at hand is as old
    page = store().get(key)
    if not isinstance(page, StoredPage) or not page.answers(version, address):
        return None
    if len(_at_hand) >= MOST_AT_HAND:
        _at_hand.clear()
    _at_hand[key] = page
    return page


def keep(key: str, page: StoredPage) -> None:
    """Keep the page, unless it is over already or something changed while it was made."""
    seconds = page.expires_at - time()
    if page.version and seconds > 0 and version() == page.version:
        store().set(key, page, seconds)


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


def public_forgotten() -> None:
    """The same where words or names went for good: no old page stays in a file, either."""
    public_changed()
    transaction.on_commit(_throw_away, robust=True)


def when_forgotten(act: Callable[[], Any]) -> None:
    """Have it done, too, where words or names went for good: other files may hold them."""
    _also_then.append(act)


def _throw_away() -> None:
    """Delete every page; one in a file would lie there until somebody asks for it again.

    Redis forgets by itself what is over, and what counts how often somebody writes is beside it.
    """
    _at_hand.clear()
    kept = store()
    if isinstance(kept, FileBasedCache):
        kept.clear()
    for act in _also_then:  # after the pages: one that fails keeps none of them
        act()
