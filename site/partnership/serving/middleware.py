"""Answer readers without a session from the cache; loosen the policy for the editor only."""

import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag

from partnership.pages.languages import CODES
from partnership.serving import cache
from partnership.serving.freshness import expiry, rendering_since

#: Readers' pages all start with their language; admin, files, mail and health do not.
CACHED_PREFIXES = tuple(f"/{code}/" for code in CODES)
#: With one of these the reader may see something of their own.
PERSONAL = frozenset((settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name))
#: What the answer may depend on besides the address; a page that depends on more is not kept.
HARMLESS_VARY = frozenset(("cookie", "accept-encoding"))

LONGEST_QUERY = 200  # characters
MOST_PARAMETERS = 5
#: Addresses that a visitor can make up without end share this many places: with a query, with
#: zeros before a number, or at a port of their choice. They overwrite each other, and never push
#: out a page.
QUERY_PLACES = 512
ZEROS_BEFORE_A_NUMBER = re.compile(r"/0[0-9]+[/.]")
LARGEST_PAGE = 512 * 1024  # bytes
#: What a reader who has the page is told about it.
ABOUT_THE_PAGE = ("ETag", "Cache-Control", "Vary")

GetResponse = Callable[[HttpRequest], HttpResponse]


class AnonymousPageCache:
    """The outermost layer: a page nobody changed costs two reads and no query.

    What is kept has passed every other middleware, so it carries their headers. The version
    is read before the page is made and again before it is kept: a page made while a change
    was being committed is shown once and forgotten.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; to HEAD without a body, which gunicorn would note as a mistake of ours."""
        response = self._answer(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = b""
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        rendering_since(request)
        address = address_of(request)
        if address is None:
            return self.get_response(request)
        key, version = _key(address), cache.version()
        page = cache.find(key, version, address) if version else None
        if page is None:
            response = self.get_response(request)
            if request.method != "GET" or not may_be_kept(request, response):
                return response
            page = _made_from(request, response, version, address)
            cache.keep(key, page)
        return _response(request, page)


def address_of(request: HttpRequest) -> str | None:
    """Return what this reader's page is kept under, None when it is made for each reader."""
    if request.method not in {"GET", "HEAD"} or not request.path_info.startswith(CACHED_PREFIXES):
        return None
    if "HTTP_AUTHORIZATION" in request.META or not PERSONAL.isdisjoint(request.COOKIES):
        return None
    query = _query_of(request)
    if query is None:
        return None
    try:
        host = request.get_host().lower()
    except DisallowedHost:
        return None
    return f"{request.scheme}://{host}{request.path_info}?{query}"


def _query_of(request: HttpRequest) -> str | None:
    """Return the query in one order of its parameters, None when it is too long to keep."""
    written = request.META.get("QUERY_STRING", "")
    if not written:
        return ""
    parts = [part for part in written.split("&") if part]
    if len(written) > LONGEST_QUERY or len(parts) > MOST_PARAMETERS:
        return None
    # Stable: the order of the values of one repeated parameter can matter.
    return "&".join(sorted(parts, key=lambda part: part.partition("=")[0]))


def _key(address: str) -> str:
    digest = sha256(address.encode("utf-8", "surrogateescape")).hexdigest()
    if not can_be_made_up(address):
        return f"page:{digest}"
    return f"query:{int(digest[:8], 16) % QUERY_PLACES}"


def can_be_made_up(address: str) -> bool:
    """Whether there is no end of addresses like this one which all show a page."""
    host, _slash, path = address.partition("://")[2].partition("/")
    is_own = host in settings.ALLOWED_HOSTS or host == urlsplit(settings.BASE_URL).netloc
    return not (is_own and path.endswith("?")) or bool(ZEROS_BEFORE_A_NUMBER.search(f"/{path}"))


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this answer would be the same for every reader without a session."""
    control = response.get("Cache-Control", "").lower()
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "is_preview", False)
        and "no-store" not in control
        and "private" not in control
        and vary <= HARMLESS_VARY
        and len(response.content) <= LARGEST_PAGE
    )


def _made_from(
    request: HttpRequest, response: HttpResponse, version: str, address: str
) -> cache.StoredPage:
    """Return the page as it is kept, with the tag that lets a reader ask "still the same?"."""
    body = response.content
    response.headers.setdefault("ETag", quote_etag(sha256(body).hexdigest()[:24]))
    response.headers.setdefault("Cache-Control", "no-cache")  # ask every time; mostly a 304
    response.headers["Content-Length"] = str(len(body))
    patch_vary_headers(response, ("Cookie",))
    headers = tuple(response.headers.items())
    return cache.StoredPage(version, address, expiry(request).timestamp(), headers, body)


def _response(request: HttpRequest, page: cache.StoredPage) -> HttpResponse:
    headers = dict(page.headers)
    if _is_known(request, headers["ETag"]):
        kept = {name: headers[name] for name in ABOUT_THE_PAGE if name in headers}
        return HttpResponseNotModified(headers=kept)
    return HttpResponse(b"" if request.method == "HEAD" else page.body, headers=headers)


def _is_known(request: HttpRequest, tag: str) -> bool:
    """Whether the reader has this very page; a proxy that packed it made its tag a weak one."""
    known = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not known:
        return False
    tags = parse_etags(known)
    return tags == ["*"] or tag in (one.removeprefix("W/") for one in tags)


class AdminPolicy:
    """Wagtail's editor still writes inline scripts and styles: allowed there and nowhere else."""

    EDITOR = {  # noqa: RUF012 - a constant of the class, never changed
        "script-src": ("'self'", "'unsafe-inline'"),
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": ("'self'", "data:", "blob:"),
        "frame-src": ("'self'",),
        "frame-ancestors": ("'self'",),
    }
    #: The preview shows the page inside the editor, under the page's own strict policy.
    PREVIEW = {"frame-ancestors": ("'self'",)}  # noqa: RUF012 - as above

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            response._csp_replace = self.PREVIEW  # type: ignore[attr-defined] # django-csp's door
        elif request.path_info.startswith("/admin/"):
            response._csp_replace = self.EDITOR  # type: ignore[attr-defined] # django-csp's door
        return response
