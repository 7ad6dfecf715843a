"""What is new between two instants and live now: gathered once for all readers of an issue."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.utils import timezone

from consultations.following.models import PromiseStep
from consultations.models import ConsultationPage
from consultations.official.models import AnswerSheet
from consultations.roadmap.models import Commitment, RoadmapPage
from consultations.snapshots.models import ResultSnapshot
from events.enums import EventKind, EventStatus
from events.models import EventPage, EventVenue
from home.models import StoryPage
from home.news.enums import Topic
from partnership.pages.access import open_to_all
from partnership.pages.models import BasePage

KINDS = (EventKind.EXCHANGE, EventKind.FESTIVAL)


class Window(NamedTuple):
    """What one issue tells: after an instant, until another; and when the next one leaves."""

    since: datetime
    until: datetime
    next_at: datetime


@dataclass
class Found:
    """Something to tell: ``what`` says which sentence, ``thing`` is a page or a step."""

    topic: Topic
    what: str
    thing: Any
    cities: set[int] = field(default_factory=set)

    def is_about(self, city: int | None) -> bool:
        """Whether a reader of that city is told; everything is about None, which is all."""
        return city is None or not self.cities or city in self.cities


def gather(window: Window) -> list[Found]:
    """Return everything there is to tell, in its order; ten queries, however much it is."""
    found = [
        *_consultations(window),
        *_events(window),
        *_answers(window),
        *_roadmap(window),
        *_stories(window),
    ]
    _say_whose(found)
    return found


def _within(window: Window, name: str) -> Q:
    return Q(**{f"{name}__gt": window.since, f"{name}__lte": window.until})


def _consultations(window: Window) -> Iterator[Found]:
    """Those that opened, and those that close before the next issue; each once."""
    now = max(timezone.now(), window.until)
    running = ConsultationPage.objects.live().filter(open_to_all(), opens_at__lte=window.until)
    for page in running.filter(closes_at__gt=now).order_by("closes_at", "pk"):
        shown_at = max(page.opens_at, page.first_published_at or page.opens_at)
        if window.since < shown_at <= window.until:
            yield Found(Topic.CONSULTATIONS, "opened", page)
        elif shown_at <= window.until and page.closes_at <= window.next_at:
            yield Found(Topic.CONSULTATIONS, "closes", page)


def _events(window: Window) -> Iterator[Found]:
    """Exchanges and festivals that were announced and are still to come."""
    coming = EventPage.objects.upcoming().filter(kind__in=KINDS)
    called_off = (EventStatus.CANCELLED, EventStatus.POSTPONED)
    new = coming.filter(_within(window, "first_published_at"))
    for event in new.exclude(event_status__in=called_off):
        yield Found(Topic.EVENTS, "event", event)


def _answers(window: Window) -> Iterator[Found]:
    """Answers that every city signed, and final results as they were published first.

    Nobody finds answers before the close: those that were signed sooner are news from then on.
    """
    readable = Q(open_to_all("consultation__"), consultation__live=True)
    times = ("published_at", "consultation__closes_at")
    both = Q(**{f"{time}__lte": window.until for time in times})
    last = Q(**{f"{times[0]}__gt": window.since}) | Q(**{f"{times[1]}__gt": window.since})
    sheets = AnswerSheet.objects.readable().filter(both, last)
    for sheet in sheets.select_related("consultation").order_by("published_at", "pk"):
        yield Found(Topic.ANSWERS, "answered", sheet.consultation)
    results = ResultSnapshot.objects.filter(readable, _within(window, "frozen_at"), number=1)
    for frozen in results.select_related("consultation").order_by("frozen_at", "pk"):
        yield Found(Topic.ANSWERS, "results", frozen.consultation)


def _roadmap(window: Window) -> Iterator[Found]:
    """New roadmaps, and of others the promises that are new or moved, as they stand now.

    What was old when the site began to tell is nobody's news: it was noticed and told at once.
    """
    pages = RoadmapPage.objects.live().filter(open_to_all())
    new = list(pages.filter(_within(window, "first_published_at")).order_by("year"))
    for roadmap in new:
        yield Found(Topic.ROADMAP, "roadmap", roadmap)
    readable = Q(open_to_all("commitment__roadmap__"), commitment__roadmap__live=True)
    told = PromiseStep.objects.filter(readable, _within(window, "listed_at"))
    told = told.exclude(listed_at=F("noticed_at")).exclude(commitment__roadmap__in=new)
    latest = {
        step.commitment_id: step
        for step in told.select_related("commitment__roadmap").order_by("pk")
        if step.is_move
    }
    for step in latest.values():
        yield Found(Topic.ROADMAP, "promise", step)


def _stories(window: Window) -> Iterator[Found]:
    new = StoryPage.objects.published().filter(_within(window, "first_published_at"))
    for story in new.latest_first():
        yield Found(Topic.STORIES, "story", story)


# Whose it is -----------------------------------------------------------------------------------


def _say_whose(found: Iterable[Found]) -> None:
    """Add the cities of each: its page's; an event's are also where it happens; three queries."""
    steps = [each for each in found if each.what == "promise"]
    pages = [each for each in found if each.what != "promise"]
    _add(pages, BasePage.cities.through, "basepage_id", lambda page: page.pk)
    _add(pages, EventVenue, "event_id", lambda page: page.pk)
    _add(steps, Commitment.led_by.through, "commitment_id", lambda step: step.commitment_id)


def _add(found: list[Found], rows: Any, column: str, key_of: Callable[[Any], int]) -> None:
    keys = {key_of(each.thing) for each in found}
    pairs = rows._default_manager.filter(**{f"{column}__in": keys}) if keys else ()
    cities: dict[int, set[int]] = defaultdict(set)
    for row in pairs:
        cities[getattr(row, column)].add(row.city_id)
    for each in found:
        each.cities |= cities[key_of(each.thing)]
