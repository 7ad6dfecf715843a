"""No screen of the admin offers what it refuses: every role follows the links it is shown.

One list of each kind is read, and the pages below those that others stand under; of what they
offer, some of every kind are followed. What these lead to is not drawn: that is most of its time.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.template import Template
from django.test import Client
from django.urls import resolve, reverse
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

from consultations.models import ConsultationIndexPage, ConsultationPage
from events.models import EventIndexPage, EventPage
from partnership.people.models import Resident
from tests.demo.asking import HOME, is_refused
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.usefixtures("demo", "db")

#: How many links everybody follows from one kind of screen to one other: to ours and to Wagtail's.
OURS, WAGTAILS = 3, 2
#: Wagtail's script writes what is ticked behind these; the last ends the session.
NOT_FOLLOWED = ("/bulk/", "/logout/")
HOST = "http://testserver"
MENU = re.compile(r'"url": ?"(/admin/[^"]*)"')
#: Who is shown at least how many links.
ROLES = {
    "editor.puerto": 300,
    "editor.alder": 300,
    "moderator": 10,
    "analyst": 10,
    "analyst.puerto": 10,
}
#: Each role in one of the cities; `make bench` asks those of the other city, too.
OF_ONE_CITY = ("editor.puerto", "moderator", "analyst")
#: What an editor meets first about pages of both cities.
BEGUN_AT = (EventIndexPage, EventPage, ConsultationIndexPage, ConsultationPage)


def kind_of(address: str) -> str:
    match = resolve(urlsplit(address).path)
    return match.view_name or match.route


def offered(screen: str, page: bytes) -> Iterator[str]:
    """Every address of the admin that its links and its menu lead to."""
    links = BeautifulSoup(page, "html.parser").select("a[href]:not([hidden])")
    found = [urljoin(HOST + screen, link["href"]) for link in links]
    menu = [HOST + address for address in MENU.findall(page.decode())]
    for address in (one.partition("#")[0].removeprefix(HOST) for one in (*found, *menu)):
        if address.startswith("/admin/") and not any(part in address for part in NOT_FOLLOWED):
            yield address


def screens() -> list[str]:
    """The first screen, the lists of pages, one page of each city, and all other lists."""
    pages = [page for model in BEGUN_AT for page in one_of_each_city(model)]
    lists = [
        reverse(one.get_url_name("index"))
        for one in viewsets.viewsets
        if isinstance(one, ModelViewSet)
    ]
    return [HOME, *(reverse("wagtailadmin_explore", args=(page.pk,)) for page in pages), *lists]


def one_of_each_city(model) -> list:
    found = {}
    for page in model.objects.order_by("-pk"):
        found[tuple(page.cities.values_list("pk", flat=True))] = page
    return list(found.values())


def some_of_each_kind(links: dict[str, str], turn: int) -> Iterator[str]:
    """From the whole length of a list, because rows that are alike stand together.

    The editors of one city begin with another row than those of the other.
    """
    ways = defaultdict(list)
    for address, screen in links.items():
        ways[kind_of(screen), kind_of(address)].append(address)
    for (_from, to), found in ways.items():
        most = WAGTAILS if to.startswith("wagtail") else OURS
        step = -(-len(found) // most)
        yield from found[turn % step :: step]


@pytest.mark.parametrize("who", ROLES if EVERYBODYS else OF_ONE_CITY)
def test_no_link_is_offered_that_is_refused(who, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(Resident.objects.get(email=f"{who}@demo.example"))
    shown = {screen: client.get(screen) for screen in screens()}
    links = {
        address: screen
        for screen, answer in shown.items()
        if answer.status_code == 200
        for address in offered(screen, answer.content)
    }
    monkeypatch.setattr(Template, "_render", lambda template, context: "")
    refused = {}
    for address in some_of_each_kind(links, list(ROLES).index(who)):
        if is_refused(answer := client.get(address)):
            refused[address] = (links[address], answer.status_code)

    assert refused == {}
    assert len(links) > ROLES[who]
