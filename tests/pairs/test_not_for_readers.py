"""No page and no file for everybody names a page that readers may not open.

Every page gets a title of its own that is found again wherever it is said. Then about half of them
are hidden at a time, so that each has been hidden while each other one was shown; what names it
is found without knowing how.
"""

import io
import re
import zipfile
from collections import Counter
from datetime import timedelta
from itertools import combinations, count
from math import comb
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
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

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
NAMED = re.compile(r"Canary\d+x")
#: Addresses of one view that are read; pages are read all.
OF_ONE_VIEW = 2
NOT_READ = re.compile(r"/account/|/admin/|/media/|/sign-")
PAGES = "wagtail_serve"
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


def addresses(client) -> list[str]:
    """What a machine that follows every link reads, in one language."""
    read: Counter[str] = Counter()
    waiting = ["/sitemap.xml", f"/{DEFAULT}/", f"{reverse('search')}?q=canary", reverse("lessons")]
    known, found = set(waiting), []
    for address in waiting:  # which grows
        try:
            view = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        read[view] += 1
        if (view != PAGES and read[view] > OF_ONE_VIEW) or (view == PAGES and "?" in address):
            continue
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        found.append(address)
        new = [link for link in links_in(address, answer) if link not in known]
        known.update(new)
        waiting += new
    return found


def links_in(address, answer) -> list[str]:
    if "html" not in answer.headers["Content-Type"]:
        return []
    links = BeautifulSoup(answer.content, "html.parser").select("[href]")
    full = (urljoin(HOST + address, link["href"]).partition("#")[0] for link in links)
    own = dict.fromkeys(one.removeprefix(HOST) for one in full)
    return [one for one in own if one.startswith(f"/{DEFAULT}/") and not NOT_READ.search(one)]


def said_at(client, address) -> set[str]:
    """The names of pages that are said there, in a packed file as well."""
    answer = client.get(address)
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if sent.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(sent))
        sent = b"\n".join(packed.read(name) for name in packed.namelist())
    return set(NAMED.findall(sent.decode())) if answer.status_code == 200 else set()


def unpublish(pages) -> list:
    BasePage.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
    return pages


def restrict(pages) -> list:
    """Only for who is signed in, which holds below each of them, too."""
    for page in pages:
        PageViewRestriction.objects.create(page_id=page.pk, restriction_type="login")
    below = BasePage.objects.all()
    return [page for page in below if any(page.path.startswith(each.path) for each in pages)]


def rounds(pages) -> list[list]:
    """Who is hidden when: each page half of the time, and no two at the same times.

    So each is hidden once while each other one is shown (Sperner's theorem), in as few rounds as
    there can be.
    """
    number = next(size for size in count(2, 2) if comb(size, size // 2) >= len(pages))
    hidden: list[list] = [[] for _round in range(number)]
    for page, times in zip(pages, combinations(range(number), number // 2), strict=False):
        for time in times:
            hidden[time].append(page)
    return hidden


def apart_from_what_is_below(pages) -> list[list]:
    """The same, where hiding a page hides what is below it: those with pages below by turns."""
    above = [page for page in pages if page.numchild]
    return [*rounds([page for page in pages if not page.numchild]), *rounds(above)]


@pytest.mark.parametrize(
    ("hide", "in_turns", "everywhere"),
    [(unpublish, rounds, True), (restrict, apart_from_what_is_below, False)],
)
def test_nothing_names_a_page_that_readers_may_not_open(told, client, hide, in_turns, everywhere):
    """Whether one that is hidden takes the room of another is looked for ``everywhere`` once.

    The second time only those are asked again that named what is hidden.
    """
    pages = list(BasePage.objects.live().filter(depth__gt=2).order_by("path"))
    for page in pages:
        titles = {localized("title", code): name_of(page) for code in CODES}
        BasePage.objects.filter(pk=page.pk).update(title=name_of(page), **titles)
    public_changed()
    every = addresses(client)
    said, wrong = {address: said_at(client, address) for address in every}, {}
    for turn in in_turns(pages):
        with transaction.atomic():
            hidden = {name_of(page): type(page.specific).__name__ for page in hide(turn)}
            cache.clear()
            asked = [at for at in every if everywhere or said[at] & set(hidden)]
            found = {address: said_at(client, address) & set(hidden) for address in asked}
            wrong |= {at: [hidden[name] for name in names] for at, names in found.items() if names}
            transaction.set_rollback(True)

    assert wrong == {}
    assert set().union(*said.values()) == {
        name_of(page) for page in pages
    }  # or nothing was looked for
    assert Lesson.objects.public().count() == 6
