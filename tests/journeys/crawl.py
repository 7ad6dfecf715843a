"""Reads the site as a machine does: every page that can be reached, and what it says of itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, urlopen
from xml.etree import ElementTree

from tests.tools.turns import EVERYBODYS

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
REDIRECTS = {301, 302, 303, 307, 308}
#: More than the demo has; a site that makes up addresses without end is stopped here.
MOST = 3000
VOID = frozenset({"a", "link", "html", "h1", "meta"})
#: The forms about a comment (to report, to support, to translate, to reply) say the same of each;
#: the address of the comment itself is none of them.
FORM_ABOUT_A_COMMENT = re.compile(r"/(comment|comentar)/(\d+/[a-z]+/)?$")
#: A thing by its number; a year is none.
NUMBER_IN_PATH = re.compile(r"(?<=/)\d{1,3}(?=/)")


class Facts(HTMLParser):
    """What a page says of itself: its language, twins, headings, links and anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.language = ""
        self.canonical = ""
        self.twins: dict[str, str] = {}
        self.headings = 0
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.is_indexed = True
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag in VOID:
            getattr(self, f"_{tag}")(given)

    def _html(self, given: dict[str, str]) -> None:
        self.language = given.get("lang", "")

    def _h1(self, _given: dict[str, str]) -> None:
        self.headings += 1

    def _a(self, given: dict[str, str]) -> None:
        if "href" in given:
            self.links.append(given["href"])

    def _link(self, given: dict[str, str]) -> None:
        if given.get("rel") == "canonical":
            self.canonical = given["href"]
        if given.get("rel") == "alternate" and "hreflang" in given and "type" not in given:
            self.twins[given["hreflang"]] = given["href"]

    def _meta(self, given: dict[str, str]) -> None:
        if given.get("name") == "robots" and "noindex" in given.get("content", ""):
            self.is_indexed = False


@dataclass
class Answer:
    """What came back from an address, after redirects."""

    asked: str
    address: str
    status: int
    kind: str
    facts: Facts | None = None


@dataclass
class Crawl:
    """Every address reached so far, and who links where."""

    home: str
    answers: dict[str, Answer] = field(default_factory=dict)
    #: (page, link) as written, for links that name a place on the page they lead to.
    fragments: list[tuple[str, str]] = field(default_factory=list)

    def everything(self) -> "Crawl":
        """Follow every link from the sitemap on; of addresses that are alike one is asked."""
        waiting, asked = list(addresses_in_sitemap(self.home)), set()
        while waiting and len(self.answers) < MOST:
            address = waiting.pop(0)
            if like(address) not in asked:
                asked.add(like(address))
                self.answers[address] = answer = ask(address, self.answers)
                waiting += self._followed(answer)
        return self

    def pages(self) -> Iterator[Answer]:
        """Those that are pages to be read."""
        yield from (answer for answer in self.answers.values() if answer.facts)

    def _followed(self, answer: Answer) -> Iterator[str]:
        for link in answer.facts.links if answer.facts else ():
            whole = urljoin(answer.address, link)
            address, fragment = urldefrag(whole)
            query = urlsplit(address).query
            # Lists narrowed twice, and the way back after signing in, lead to what is known.
            if not address.startswith(f"{self.home}/") or "&" in query or "next=" in query:
                continue
            if fragment:
                self.fragments.append((answer.address, whole))
            yield address


def like(address: str) -> str:
    """Return what is the same for all addresses of which one tells of the others.

    Every page is like no other. Its orders and views are like those of its neighbours, the
    statements or paragraphs of one consultation, and so is a form about a comment. Of the values
    by which a list is narrowed or put in order one is asked, and each by `make bench`.
    """
    path, _, query = address.partition("?")
    any_value = re.sub(r"=[^&]*", "", query)
    if FORM_ABOUT_A_COMMENT.search(path):  # what leads back from it has one value of many
        return re.sub(r"\d+", "N", path) + "?" + any_value
    if not EVERYBODYS:
        query = any_value
    return f"{NUMBER_IN_PATH.sub('N', path)}?{query}" if query else address


def addresses_in_sitemap(home: str) -> list[str]:
    with urlopen(f"{home}/sitemap.xml", timeout=30) as sitemap:  # noqa: S310 - our own server
        tree = ElementTree.parse(sitemap)  # noqa: S314 - our own sitemap
    return [str(place.text) for place in tree.iter(f"{SITEMAP}loc")]


class OnlyToWhatIsNew(HTTPRedirectHandler):
    """Follows no redirect to what was asked before."""

    def __init__(self, known: Mapping[str, Answer]) -> None:
        self.known = known

    def redirect_request(self, request: Request, *answer: Any) -> Request | None:
        *_others, address = answer
        if urldefrag(address)[0] in self.known:
            return None
        return super().redirect_request(request, *answer)


def ask(address: str, known: Mapping[str, Answer]) -> Answer:
    """Get the address as a visitor without cookies would; what it leads to may be known."""
    request = Request(address, headers={"Accept-Language": "en"})  # noqa: S310 - our own server
    try:
        response = build_opener(OnlyToWhatIsNew(known)).open(request, timeout=30)
    except HTTPError as error:
        response = error
    with response:
        if response.status in REDIRECTS:
            place = urljoin(response.geturl(), response.headers["Location"])
            return replace(known[urldefrag(place)[0]], asked=address)
        kind = response.headers.get_content_type()
        answer = Answer(address, urldefrag(response.geturl())[0], response.status, kind)
        if kind == "text/html":
            answer.facts = Facts(response.read().decode())
    return answer
