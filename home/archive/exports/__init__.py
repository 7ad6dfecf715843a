"""Everything public of one year as tables: what was held, asked, promised, decided and learned."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.exports.describing import OF_WORDS
from consultations.initiatives.open_data import initiatives_table
from consultations.models import ConsultationPage
from consultations.open_data.published import tables_of
from consultations.roadmap.models import RoadmapPage
from consultations.roadmap.open_data import ALL_TABLES
from events.drills.enums import ObservationKind
from events.drills.models import Observation
from events.enums import EventKind, EventStatus
from events.models import EventPage
from home.archive.enums import LessonState
from home.archive.exports.answers import alerts_table, answers_table
from home.archive.exports.cells import AT_A_TIME, TITLE, URL, addresses, utc, words
from home.archive.exports.checklists import checklists_table
from home.archive.exports.knowledge import cases_table, practices_table
from home.archive.models import Lesson
from home.committees.models import Decision
from home.models import StoryPage
from home.parity.years import Years
from partnership.pages.access import open_to_all
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

_EVENTS = (
    Column("number", _("number"), "integer"),
    Column("kind", _("kind"), values=tuple(EventKind.choices)),
    Column("status", _("status"), values=tuple(EventStatus.choices)),
    Column("starts_at", _("starts"), "datetime"),
    Column("ends_at", _("ends"), "datetime"),
    Column("time_zone", _("time zone")),
    Column("cities", _("cities; all where none is named")),
    *TITLE,
    *columns_in_every_language("summary", _("summary")),
    *URL,
)
_CONSULTATIONS = (
    Column("number", _("number"), "integer"),
    Column("opens_at", _("opens"), "datetime"),
    Column("closes_at", _("closes"), "datetime"),
    *TITLE,
    *columns_in_every_language("lead", _("lead")),
    *URL,
)
_DECISIONS = (
    Column("decided_on", _("day"), "date"),
    *columns_in_every_language("committee", _("committee")),
    *columns_in_every_language("text", _("decision")),
)
_LESSONS = (
    Column("debrief_held_on", _("debrief held on"), "date"),
    *columns_in_every_language("learned_from", _("learned from")),
    *columns_in_every_language("text", _("lesson")),
    Column("state", _("state"), values=tuple(LessonState.choices)),
    Column("taken_up_on", _("taken up on"), "date"),
    *columns_in_every_language("taken_up_in", _("taken up in")),
    *columns_in_every_language("protocol", _("protocol")),
    Column("version", _("version of the protocol"), "integer"),
)
_OBSERVATIONS = (
    Column("drill", _("number of the drill among the events"), "integer"),
    Column("review_held_on", _("review held on"), "date"),
    Column("kind", _("kind"), values=tuple(ObservationKind.choices)),
    *columns_in_every_language("text", _("observation")),
)
_STORIES = (
    Column("told_on", _("day"), "date"),
    *TITLE,
    *columns_in_every_language("intro", _("introduction")),
    Column("roadmap", _("year of the roadmap its promise is in"), "integer"),
    Column("commitment", _("number of the promise there"), "integer"),
    *URL,
)
#: What the tables of a roadmap are called in this file.
_OF_A_ROADMAP = {
    "commitments": _("Commitments of the roadmap"),
    "money": _("What they cost"),
    "indicators": _("What is measured"),
    "readings": _("What was measured"),
    "milestones": _("Milestones"),
}
#: Tables that are words first of all; all others are figures.
_WORDS = frozenset(
    {
        "events",
        "consultations",
        "decisions",
        "lessons",
        "observations",
        "checklists",
        "stories",
        "answers",
        "practices",
        "cases",
        "initiatives",
        "alerts",
        *OF_WORDS,
    }
)


def tables_of_year(year: int, years: Years, today: date) -> list[Table]:
    """Return the tables of a year; their rows are read as they are written."""
    since, until = years.begins(year), years.begins(year + 1)
    return [
        Table("events", _EVENTS, lambda: _events(since, until), _("Events")),
        Table("consultations", _CONSULTATIONS, lambda: _asked(since, until), _("Consultations")),
        *_exports_of(closed_within(since, until)),
        *_roadmap(year, today),
        Table("decisions", _DECISIONS, lambda: _decisions(year), _("Decisions of committees")),
        Table("lessons", _LESSONS, lambda: _lessons(year), _("Lessons")),
        Table("observations", _OBSERVATIONS, lambda: _observations(year), _("What drills showed")),
        checklists_table(since, until),
        answers_table(since, until),
        practices_table(since, until),
        cases_table(year),
        replace(initiatives_table(year), title=_("Programmes and campaigns")),
        alerts_table(since, until),
        Table("stories", _STORIES, lambda: _stories(year), _("Stories")),
    ]


def is_of_words(table: Table) -> bool:
    """Whether a table is words, which are under another licence than figures."""
    return table.name.rpartition(".")[2] in _WORDS


def closed_within(since: datetime, until: datetime) -> QuerySet[ConsultationPage]:
    """Return the public consultations that closed then, and are closed."""
    ended = {"closes_at__gte": since, "closes_at__lt": min(until, timezone.now())}
    found = ConsultationPage.objects.live().filter(open_to_all(), **ended)
    return found.order_by("closes_at", "pk")


def _exports_of(consultations: Iterable[ConsultationPage]) -> Iterator[Table]:
    """The tables of open data of each, named after its number."""
    for each in consultations:
        for table in tables_of(each):
            yield replace(table, name=f"consultation-{each.pk}.{table.name}")


def _roadmap(year: int, today: date) -> Iterator[Table]:
    roadmap = RoadmapPage.objects.live().filter(open_to_all(), year=year).first()
    for name, make in ALL_TABLES.items() if roadmap else ():
        table = make(roadmap, today)
        if table is not None:
            yield replace(table, title=table.title or _OF_A_ROADMAP.get(name, ""))


# The rows -----------------------------------------------------------------------------------


def _events(since: datetime, until: datetime) -> Iterator[Row]:
    pages = EventPage.objects.public_events().filter(starts_at__gte=since, starts_at__lt=until)
    found = pages.order_by("starts_at", "pk").prefetch_related("cities")
    for each in found.iterator(chunk_size=AT_A_TIME):
        yield (
            each.pk,
            each.kind,
            each.event_status,
            *(utc(instant) for instant in (each.starts_at, each.ends_at)),
            each.time_zone,
            "|".join(city.code for city in each.cities.all()),
            *words(each, "title", "summary"),
            *addresses(each),
        )


def _asked(since: datetime, until: datetime) -> Iterator[Row]:
    """Those that were open on a day of the year."""
    public = ConsultationPage.objects.live().filter(open_to_all())
    found = public.filter(opens_at__lt=until, closes_at__gte=since).order_by("opens_at", "pk")
    for each in found.iterator(chunk_size=AT_A_TIME):
        days = (utc(each.opens_at), utc(each.closes_at))
        yield (each.pk, *days, *words(each, "title", "lead"), *addresses(each))


def _decisions(year: int) -> Iterator[Row]:
    found = Decision.objects.public().filter(meeting__held_on__year=year)
    for each in found.order_by("meeting__held_on", "meeting", "sort_order", "pk"):
        meeting = each.meeting
        yield (meeting.held_on, *words(meeting.committee, "title"), *words(each, "text"))


def _lessons(year: int) -> Iterator[Row]:
    found = Lesson.objects.public().with_debriefs().with_versions()
    for each in found.filter(debrief__held_on__year=year):
        yield (
            each.debrief.held_on,
            *words(each.debrief.subject_told, "title"),
            *words(each, "text"),
            each.state,
            each.taken_up_on,
            *words(each, "taken_up_in"),
            *_version(each),
        )


def _version(lesson: Lesson) -> list[Any]:
    """The protocol and the number of its version, where readers can open it."""
    version = lesson.version_told
    protocol, number = (version.protocol, version.number) if version else (None, None)
    return [*words(protocol, "title"), number]


def _observations(year: int) -> Iterator[Row]:
    found = Observation.objects.public().filter(review__held_on__year=year)
    for each in found.order_by("review__held_on", "review", "sort_order", "pk"):
        review = each.review
        yield (review.drill_id, review.held_on, each.kind, *words(each, "text"))


def _stories(year: int) -> Iterator[Row]:
    """Those told in the year; of a promise readers do not find only that there is a story."""
    found = StoryPage.objects.published().filter(told_on__year=year).order_by("told_on", "pk")
    roadmaps = RoadmapPage.objects.live().filter(open_to_all()).values("pk")
    shown = Case(When(commitment__roadmap__in=roadmaps, then=F("commitment__number")))
    for each in found.select_related("commitment__roadmap").annotate(shown=shown):
        promise: Any = each.commitment if each.shown else None
        yield (
            each.told_on,
            *words(each, "title", "intro"),
            promise and promise.roadmap.year,
            promise and promise.number,
            *addresses(each),
        )
