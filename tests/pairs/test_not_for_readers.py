"""No page and no file for everybody names a page that readers may not open.

Every page gets a title of its own that is found again wherever it is said; what names it is found
without knowing how. Half of them are hidden at a time, by either way, and what chooses among pages
is asked: one that is hidden may make room for another. Then each is hidden alone, and what named it
is asked again: while it is restricted, by `make bench` also while it is not published.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from itertools import product
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.models import DrillPage, EventPage
from home.archive.models import Lesson
from home.committees.models import CommitteePage
from home.protocols.models import ProtocolPage
from partnership.pages.languages import CODES, DEFAULT, localized
from partnership.pages.models import BasePage
from partnership.serving import public_changed
from tests.factories.archive import add_lesson, make_debrief
from tests.factories.committees import add_meeting
from tests.factories.drills import make_observation
from tests.factories.partners import make_partner
from tests.factories.protocols import make_version
from tests.factories.roadmap import cite
from tests.tools.turns import EVERYBODYS

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
FRONT = f"/{DEFAULT}/"
LINK = re.compile(r'\shref="([^"]+)"')
NAMED = re.compile(r"Canary\d+x")
#: Addresses of one view that are read; pages are read all.
OF_ONE_VIEW = 2
NOT_READ = re.compile(r"/account/|/admin/|/media/|/sign-")
PAGES = "wagtail_serve"
#: In it every table chooses for itself, so that none makes room there; and it takes the longest.
PACKED = "year_file"
#: How many days ago the event is that somebody has looked back at.
ENDED = {"starts_at": 8, "ends_at": 7}


@pytest.fixture
def told(site):
    """The living site, with what pages tell of each other: lessons, meetings, evidence, hosts."""
    today = timezone.localdate()
    version = make_version(ProtocolPage.objects.get(), "Ring the bell")
    taken_up = {"state": "adopted", "taken_up_on": today, "taken_up_version": version}
    observation = make_observation(DrillPage.objects.get())
    over = {name: timezone.now() - timedelta(days=days) for name, days in ENDED.items()}
    EventPage.objects.filter(pk=site.festival.pk).update(**over)
    debriefs = make_debrief(site.festival), make_debrief(commitment=site.commitment)
    for debrief in debriefs:
        for more in ({}, taken_up, {"observation": observation}):
            add_lesson(debrief, "Print it larger", **more)
    add_meeting(CommitteePage.objects.get(), "Two ramps are built.", held_on=today)
    cite(site.commitment, event=site.charrette)
    cite(site.commitment, consultation=site.consultation)
    make_partner().hosted.add(site.exchange)
    return site


def name_of(page) -> str:
    return f"Canary{page.pk}x"


def read_by_machine(client) -> dict[str, set[str]]:
    """What a machine that follows every link reads, in one language, and which names are said."""
    read: Counter[str] = Counter()
    waiting = ["/sitemap.xml", FRONT, f"{reverse('search')}?q=canary", reverse("lessons")]
    known, said = set(waiting), {}
    for address in waiting:  # which grows
        try:
            view = view_of(address)
        except Resolver404:
            continue
        read[view] += 1
        if (view != PAGES and read[view] > OF_ONE_VIEW) or (view == PAGES and "?" in address):
            continue
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        sent = sent_in(answer)
        said[address] = set(NAMED.findall(sent))
        new = [link for link in links_in(address, answer, sent) if link not in known]
        known.update(new)
        waiting += new
    return said


def links_in(address, answer, sent) -> list[str]:
    if "html" not in answer.headers["Content-Type"]:
        return []
    full = (
        urljoin(HOST + address, unescape(link)).partition("#")[0] for link in LINK.findall(sent)
    )
    own = dict.fromkeys(one.removeprefix(HOST) for one in full)
    return [one for one in own if one.startswith(FRONT) and not NOT_READ.search(one)]


def sent_in(answer) -> str:
    """What is written there, in a packed file as well."""
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if sent.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(sent))
        sent = b"\n".join(packed.read(name) for name in packed.namelist())
    return sent.decode()


def said_at(client, address) -> set[str]:
    answer = client.get(address)
    return set(NAMED.findall(sent_in(answer))) if answer.status_code == 200 else set()


def unpublish(pages) -> list:
    BasePage.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
    return pages


def restrict(pages) -> list:
    """Only for who is signed in, which holds below each of them, too."""
    for page in pages:
        PageViewRestriction.objects.create(page_id=page.pk, restriction_type="login")
    below = BasePage.objects.all()
    return [page for page in below if any(page.path.startswith(each.path) for each in pages)]


@contextmanager
def for_a_while(hide, pages) -> Iterator[set[str]]:
    """Give the names of all that is hidden with them."""
    with transaction.atomic():
        hidden = {name_of(page) for page in hide(pages)}
        cache.clear()
        yield hidden
        transaction.set_rollback(True)


def view_of(address) -> str:
    return resolve(urlsplit(address).path).view_name


def beside_the_frame(said) -> dict[str, set[str]]:
    """What an address says itself: the frame around all pages is looked at on the front page."""
    frame = set.intersection(*(names for at, names in said.items() if view_of(at) == PAGES))
    assert frame
    return {at: names if at == FRONT else names - frame for at, names in said.items()}


def named_while_hidden(client, hide, pages, asked) -> list[tuple[str, str, set[str]]]:
    """Where what is hidden goes on being named; an address is asked if it may name some of it."""
    with for_a_while(hide, pages) as hidden:
        found = {at: said_at(client, at) & hidden for at, names in asked.items() if names & hidden}
    return [(hide.__name__, at, names) for at, names in found.items() if names]


def test_nothing_names_a_page_that_readers_may_not_open(told, client):
    pages = list(BasePage.objects.live().filter(depth__gt=2).order_by("path"))
    for page in pages:
        titles = {localized("title", code): name_of(page) for code in CODES}
        BasePage.objects.filter(pk=page.pk).update(title=name_of(page), **titles)
    public_changed()
    said, names = read_by_machine(client), {name_of(page) for page in pages}
    own = beside_the_frame(said)
    choosing = {at: names for at in own if own[at]}
    packed = {at: names for at in own if view_of(at) == PACKED}
    alone = own if EVERYBODYS else {at: own[at] for at in own if at not in packed}

    wrong = [
        one
        for (hide, asked), half in product(
            ((unpublish, choosing), (restrict, packed)), (pages[::2], pages[1::2])
        )
        for one in named_while_hidden(client, hide, half, asked)
    ]
    for page, hide in product(pages, (restrict, unpublish) if EVERYBODYS else (restrict,)):
        wrong += named_while_hidden(client, hide, [page], alone)

    assert wrong == []
    assert set().union(*said.values()) == names  # or nothing was looked for
    assert packed
    assert Lesson.objects.public().count() == 6
