"""Readers without a session get a page that was made once; nobody gets somebody else's."""

import re
from collections.abc import Callable
from time import time

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

from partnership.serving import cache
from partnership.serving.middleware import QUERY_PLACES, AnonymousPageCache, may_be_kept

pytestmark = pytest.mark.usefixtures("page_cache")

PAGE = "/en/events/"


class Site:
    """The site behind the cache: counts how often it was asked to make a page."""

    def __init__(self, view: Callable[[HttpRequest], HttpResponse] | None = None) -> None:
        self.made = 0
        self.view = view or (lambda request: HttpResponse(f"page {self.made}"))
        self.cached = AnonymousPageCache(self.make)

    def make(self, request: HttpRequest) -> HttpResponse:
        self.made += 1
        return self.view(request)

    def get(self, address: str = PAGE, method: str = "get", **extra: str) -> HttpResponse:
        factory = RequestFactory()
        cookies = extra.pop("cookies", "")
        if cookies:
            factory.cookies.load(cookies)
        return self.cached(getattr(factory, method)(address, **extra))


def test_a_page_nobody_changed_is_made_once():
    site = Site()

    bodies = [site.get().content for _reader in range(3)]

    assert bodies == [b"page 1"] * 3


@pytest.mark.parametrize("address", [PAGE, "/admin/"])
def test_who_asks_for_the_head_gets_no_body(address):
    site = Site(lambda request: HttpResponse("page", headers={"Content-Length": "4"}))

    head = site.get(address, method="head")

    assert (head.content, head["Content-Length"]) == (b"", "4")


def test_a_change_renews_every_page():
    site = Site()
    site.get()

    cache.renew()

    assert site.get().content == b"page 2"


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, "messages"])
def test_a_reader_with_a_session_or_a_message_gets_a_page_of_their_own(name):
    site = Site()
    site.get()

    own = site.get(cookies=f"{name}=abc")

    assert own.content == b"page 2"
    assert site.get().content == b"page 1"


def test_other_cookies_change_nothing():
    site = Site()
    site.get()

    assert site.get(cookies="csrftoken=abc; django_language=es").content == b"page 1"


@pytest.mark.parametrize("path", ["/", "/admin/", "/static/x.css", "/media/x.webp", "/healthz"])
def test_only_addresses_under_a_language_are_kept(path):
    site = Site()

    site.get(path)
    site.get(path)

    assert site.made == 2


def test_host_scheme_path_and_query_each_have_a_page_of_their_own():
    site = Site()

    site.get()
    site.get("/es/eventos/")
    site.get(f"{PAGE}?kind=festival")
    site.get(SERVER_NAME="localhost")
    site.get(**{"wsgi.url_scheme": "https"})

    assert site.made == 5


def test_a_false_host_is_left_to_the_site():
    site = Site()

    site.get(HTTP_HOST="evil.example")
    site.get(HTTP_HOST="evil.example")

    assert site.made == 2


def test_the_order_of_parameters_does_not_matter_but_that_of_repeated_values_does():
    site = Site()

    site.get(f"{PAGE}?kind=festival&city=alder")
    site.get(f"{PAGE}?city=alder&kind=festival")
    site.get(f"{PAGE}?a=1&a=2")
    site.get(f"{PAGE}?a=2&a=1")

    assert site.made == 3


@pytest.mark.parametrize("query", ["q=" + "x" * 200, "a=1&b=2&c=3&d=4&e=5&f=6"])
def test_a_query_that_is_too_long_is_answered_and_not_kept(query):
    site = Site()

    site.get(f"{PAGE}?{query}")
    site.get(f"{PAGE}?{query}")

    assert site.made == 2


def test_made_up_queries_take_a_limited_number_of_places_and_push_out_no_page():
    site = Site()
    site.get()

    keys = {_key_of(f"{PAGE}?x={number}") for number in range(5 * QUERY_PLACES)}
    site.get(f"{PAGE}?x=1")

    assert len(keys) <= QUERY_PLACES
    assert site.get().content == b"page 1"


@pytest.mark.parametrize("name", ["HTTP_HOST", "SERVER_PORT"])
def test_made_up_ports_push_out_no_page(name):
    ports = range(8001, 8001 + 5 * QUERY_PLACES)
    hosts = {"HTTP_HOST": "testserver:{}", "SERVER_PORT": "{}"}

    keys = {_key_of(PAGE, **{name: hosts[name].format(port)}) for port in ports}

    assert len(keys) <= QUERY_PLACES
    assert _key_of(PAGE) not in keys


def test_made_up_names_of_hosts_push_out_no_page(settings):
    settings.ALLOWED_HOSTS = [".example.org"]
    hosts = (f"{number}.example.org" for number in range(5 * QUERY_PLACES))

    assert len({_key_of(PAGE, HTTP_HOST=host) for host in hosts}) <= QUERY_PLACES


@pytest.mark.parametrize("address", ["/en/ledger/{}7/", "/en/ledger/{}7.json"])
def test_zeros_before_a_number_push_out_no_page(address):
    zeros = ("0" * number for number in range(1, 3 * QUERY_PLACES))

    keys = {_key_of(address.format(some)) for some in zeros}

    assert len(keys) <= QUERY_PLACES
    assert _key_of(address.format("")) not in keys
    assert _key_of("/en/events/market-2026-01-05/").startswith("page:")


@pytest.mark.django_db
def test_no_page_with_something_made_up_in_its_address_is_kept(client):
    kept = [address for address in made_up_addresses() if is_kept(client.get(address))]

    assert kept == []


def made_up_addresses():
    """Every address under a language that a visitor can fill with what is nowhere."""
    for route in routes():
        filled = re.sub(r"<int:\w+>", "98765", route)
        filled = re.sub(r"<\w+:\w+>", "made-up", filled)
        if filled != route and route.startswith("en/") and "(" not in route:
            yield f"/{filled}"


def routes(resolver=None, before=""):
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        yield from routes(entry, route) if isinstance(entry, URLResolver) else (route,)


def is_kept(response):
    return may_be_kept(response.wsgi_request, response)


def _key_of(address: str, **extra: str) -> str:
    from partnership.serving import middleware

    found = middleware.address_of(RequestFactory().get(address, **extra))
    assert found
    return middleware._key(found)


def test_two_queries_that_share_a_place_never_answer_for_each_other(monkeypatch):
    monkeypatch.setattr("partnership.serving.middleware.QUERY_PLACES", 1)
    site = Site()

    first = site.get(f"{PAGE}?x=1").content
    second = site.get(f"{PAGE}?x=2").content

    assert (first, second) == (b"page 1", b"page 2")
    assert site.get(f"{PAGE}?x=2").content == b"page 2"


def with_cookie(request):
    response = HttpResponse()
    response.set_cookie("seen", "1")
    return response


def with_token(request):
    return HttpResponse(get_token(request))


NOT_KEPT = {
    "sets a cookie": with_cookie,
    "holds a token": with_token,
    "is not found": lambda request: HttpResponse(status=404),
    "is a redirect": lambda request: HttpResponse(status=302, headers={"Location": "/en/"}),
    "is not to be stored": lambda request: HttpResponse(headers={"Cache-Control": "no-store"}),
    "is private": lambda request: HttpResponse(headers={"Cache-Control": "private"}),
    "depends on the language asked for": lambda request: HttpResponse(
        headers={"Vary": "Accept-Language"}
    ),
    "is a stream": lambda request: StreamingHttpResponse([b"x"]),
    "is very large": lambda request: HttpResponse(b"x" * 600_000),
}


@pytest.mark.parametrize("view", NOT_KEPT.values(), ids=NOT_KEPT.keys())
def test_an_answer_is_not_kept_when_it(view):
    site = Site(view)

    site.get()
    site.get()

    assert site.made == 2


def test_a_preview_is_not_kept():
    def preview(request):
        request.is_preview = True
        return HttpResponse()

    site = Site(preview)
    site.get()
    site.get()

    assert site.made == 2


def test_a_post_goes_through_and_a_request_with_credentials_too():
    site = Site()
    site.get()

    site.get(method="post")
    site.get(HTTP_AUTHORIZATION="Basic abc")

    assert site.made == 3


def test_head_is_answered_from_the_page_without_its_body():
    site = Site()
    page = site.get()

    head = site.get(method="head")

    assert site.made == 1
    assert head.content == b""
    assert head["Content-Length"] == page["Content-Length"] == "6"


def test_a_reader_who_has_the_page_is_told_so():
    site = Site()
    tag = site.get()["ETag"]

    again = site.get(HTTP_IF_NONE_MATCH=tag)
    packed = site.get(HTTP_IF_NONE_MATCH=f'"older", W/{tag}')
    other = site.get(HTTP_IF_NONE_MATCH='"something-else"')

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == tag
    assert packed.status_code == 304
    assert (other.status_code, other.content) == (200, b"page 1")


def test_the_page_carries_the_headers_of_the_layers_below_and_asks_to_be_checked():
    site = Site(lambda request: HttpResponse("x", headers={"Content-Security-Policy": "strict"}))
    site.get()

    kept = site.get()

    assert kept["Content-Security-Policy"] == "strict"
    assert kept["Cache-Control"] == "no-cache"
    assert kept["Vary"] == "Cookie"


def test_a_page_made_while_something_changed_is_shown_once_and_forgotten():
    def changed_meanwhile(request):
        if site.made == 1:
            cache.renew()
        return HttpResponse(f"page {site.made}")

    site = Site(changed_meanwhile)

    assert site.get().content == b"page 1"
    assert site.get().content == b"page 2"
    assert site.get().content == b"page 2"


def test_a_process_lets_go_of_every_old_page_at_once():
    cache._at_hand.clear()
    for name in ("one", "other"):
        page = cache.StoredPage(cache.version(), f"/{name}/", time() + 60, (), b"words")
        cache.keep(name, page)
        cache.find(name, cache.version(), f"/{name}/")
    assert set(cache._at_hand) == {"one", "other"}

    cache.renew()
    cache.find("one", cache.version(), "/one/")

    assert cache._at_hand == {}
