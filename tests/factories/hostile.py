"""What strangers may send, and a way to send it as it is."""

from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.test import Client
from wagtail.models import Site

from partnership.interface import context
from tests.tools import drawing

SCRIPT = "<script>alert(1)</script>"
#: What a browser, a template, a shell or a spreadsheet could take for more than words.
FOR_READERS = (
    '"><img src=x onerror=alert(1)>',
    "{{ settings.SECRET_KEY }}{% load x %}",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "=HYPERLINK(1)",
)
MORE_FOR_READERS = (
    *("<svg/onload=alert(1)>", "<iframe src=javascript:alert(1)>", "<a href='javascript:x'>"),
    *("</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "<!--", "]]>"),
    *("&lt;script&gt;", "&#60;script&#62;", "\\u003cscript\\u003e", "<ScRiPt>alert(1)</sCrIpT>"),
    *("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example", "http:"),
    *("$(id)", "; ls", "| cat", "${jndi:ldap://x}", "`id`", "..\\..\\windows", "CON", "a/b/c"),
    *("+1", "@SUM(1)", "\t=1", "-2+3", "|cmd", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "{% debug %}"),
    *("file:///etc/passwd", "?a=b&c=d", "#"),
)
#: One of every kind, for tests that try each field alone.
KINDS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\u200b\u200b",
    "\u202eevil\u2066",
    "\ud800",
    SCRIPT,
    "'; DROP TABLE people_resident; --",
    "%s%n%(x)s",
    "-1",
    "0",
    "1.5",
    "1e9",
    "9" * 400,
    "9" * 5000,
    "٣",
    "NaN",
    "é" * 2001,
    "👩‍👩‍👧‍👧" * 50,
    *FOR_READERS,
)
#: What most often breaks, for forms with so many fields that each alone takes long.
WORST = ("", "a\x00b", "\ud800", SCRIPT, "9" * 400, "=HYPERLINK(1)", "é" * 2001)
#: Many more, for tests that fill every field with the same.
STRINGS = (
    *KINDS,
    *("\t", "\n", "\r\n\r\n", "\u00a0", "\u2028", "\ufeff", "\ufffe", "\uffff", "\U0010ffff"),
    *("null", "None", "undefined", "true", "false", "[]", "{}", "[1", '{"a":', "()", "nil"),
    *("Infinity", "-Infinity", "1e400", "-0", "0x1F", "0b1", "1_000", "1,5", "1/0", "١٢", "½", "²"),
    *("2027-13-40", "0000-00-00", "10000-01-01", "2027-02-29T25:61", "99999999999999999999"),
    *("' OR '1'='1", '" OR ""="', "1; SELECT pg_sleep(9)", "') UNION SELECT 1--", "\\", "\\x00"),
    *("%00", "%0a", "%F0%9F", "%", "_", "%%", ";", ",", '"', "'"),
    *("Z̸͇̈ä̴́l̷g̶o̵", "ﷺ", "Ω≈ç√", "社會科學院", "مرحبا", "שלום", "ｆｕｌｌ", "İıſß", "\u0301", "🏳️‍⚧️"),
    *("x" * 1001, "x " * 5000, "\n" * 3000, "<" * 3000, "&" * 3000, "\u0301" * 1500),
    *MORE_FOR_READERS,
)  # fmt: skip

#: What one database may keep, count or compare otherwise than another: signs and halves of signs,
#: numbers and days beyond its own, what is too long for a column, signs of its language.
FOR_DATABASES = {
    *("", "\x00", "a\x00b", "\ud800", "\ufffe", "\U0010ffff", "\x07\x1b[31m", "\\", "\\x00"),
    *("9" * 400, "99999999999999999999", "1e9", "1e400", "NaN", "Infinity", "٣", "-1"),
    *("0000-00-00", "10000-01-01", "true", "null", '{"a":', "%", "_", "İıſß", "\u0301"),
    *("'; DROP TABLE people_resident; --", "é" * 2001, "x " * 5000, "👩‍👩‍👧‍👧" * 50),
}
#: Those that every form meets there; the others meet every kind of field once.
FOR_EACH_FORM = FOR_DATABASES.intersection(WORST)


#: What frames every page, whoever reads it.
FRAME = (
    *(context.cities, context.partnership, context.partnership_name),
    *(context.top_pages, context.main_nav, context.footer_links),
)


def each_alone(
    strings: Iterable[str],
    *,
    on_postgresql: Container[str] = FOR_EACH_FORM,
    drawn_there: bool = False,
) -> Iterator[str]:
    """One after another, each on the rows and limits the test began with.

    On PostgreSQL those alone by which a database can differ: what a form refuses of the others,
    and how a page shows them, was seen on SQLite. So pages are made there and not drawn, unless
    what is asked for by an address is looked up while its page is.
    """
    there = connection.vendor == "postgresql"
    if there:
        strings = [text for text in strings if text in on_postgresql]
    with one_frame(), nullcontext() if drawn_there or not there else drawing.left_out():
        for text in strings:
            with transaction.atomic():
                yield text
                transaction.set_rollback(True)
            cache.clear()


@contextmanager
def one_frame() -> Iterator[None]:
    """Read the site, its menu and its footer once for all strings, which do not change them.

    That is a quarter of a page's time. They are shown all the same.
    """
    kept: dict[Any, Any] = {}
    build_once, find_site = context.once, Site._find_for_request

    def once(request: HttpRequest, build: Any) -> Any:
        if build not in FRAME:
            return build_once(request, build)
        if build not in kept:
            kept[build] = build_once(request, build)
        return kept[build]

    def site(request: HttpRequest) -> Site | None:
        if find_site not in kept:
            kept[find_site] = find_site(request)
        return kept[find_site]

    with (
        patch.object(context, "once", once),
        patch.object(Site, "_find_for_request", staticmethod(site)),
    ):
        yield


def raw(text: str) -> bytes:
    """Its bytes, also of half a character, which no browser of good will sends."""
    return text.encode("utf-8", "surrogatepass")


def send(client: Client, address: str, form: dict[str, str]) -> HttpResponse:
    """Post the form with every value as it is; the client's own form takes no half character."""
    body = urlencode({name: raw(value) for name, value in form.items()})
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def read_by(form: BaseForm) -> bool:
    """Whether the form reads what it was given and shows it again, right or wrong, harmlessly."""
    form.is_valid()
    return harmless(HttpResponse(raw(form.as_p())))


def harmless(response: Any) -> bool:
    """Whether it is no error of ours and holds nothing that would run in a reader's browser."""
    page = response.content.decode(errors="replace").lower()
    runs = ("<script>alert", "<img src=x", "<svg/onload", "<iframe src=", 'href="javascript:')
    return response.status_code < 500 and not any(each in page for each in runs)
