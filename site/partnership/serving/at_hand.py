"""What every page needs, at hand in this process until something public changes."""

import pickle
from collections.abc import Callable, Hashable
from time import time
from typing import TypeVar

from django.db import transaction
from django.http import HttpRequest
from wagtail.models import Site

from partnership.serving import cache
from partnership.serving.freshness import LONGEST

Built = TypeVar("Built")
#: More than there are; only the names and ports a site is called by could be without end.
MOST = 64
#: By what it is: the version it is true for, until when, and the thing, packed.
_kept: dict[Hashable, tuple[str, float, bytes]] = {}


def while_unchanged(request: HttpRequest, key: Hashable, build: Callable[[], Built]) -> Built:
    """Return what ``build`` gives, from memory while no public page has changed since.

    Not for longer than a page is kept: a renewal may be lost, with the store or with us.
    Everybody gets a copy, so that nothing one request writes on it is seen by another. Inside of
    a transaction it is built afresh: what is not committed yet is nobody else's business. With
    the store down it is built afresh, too.
    """
    version = "" if transaction.get_connection().in_atomic_block else _version(request)
    kept = _kept.get(key)
    if version and kept and kept[0] == version and time() < kept[1]:
        return pickle.loads(kept[2])  # noqa: S301 - packed below, and never left this process
    built = build()
    if version:
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = version, time() + LONGEST.total_seconds(), pickle.dumps(built)
    return built


def _version(request: HttpRequest) -> str:
    """The version as the request first read it, so that all its parts are of one moment.

    It is read before anything is built: what was built while a change was being committed is
    kept under the version that ends with it.
    """
    if not hasattr(request, "_version_of_pages"):
        request._version_of_pages = cache.version()  # type: ignore[attr-defined] # read here only
    return request._version_of_pages  # type: ignore[attr-defined] # written above


def site_of(request: HttpRequest) -> Site | None:
    """The site that is asked, as Wagtail finds it."""
    if not hasattr(request, "_wagtail_site"):
        host = request._get_raw_host()  # type: ignore[attr-defined] # as Wagtail: checked elsewhere
        called = "site", host, request.get_port()
        found = while_unchanged(request, called, lambda: _found(request))
        request._wagtail_site = found  # type: ignore[attr-defined] # where Wagtail keeps it, too
    return request._wagtail_site  # type: ignore[attr-defined] # written above


def _found(request: HttpRequest) -> Site | None:
    """Find it without Wagtail's own query, which takes long, where there is but one."""
    sites = list(Site.objects.order_by().select_related("root_page")[:2])
    if len(sites) == 1 and sites[0].is_default_site:
        return sites[0]
    return Site._find_for_request(request)
