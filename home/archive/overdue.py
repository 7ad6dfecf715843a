"""What nobody has looked back at for 60 days, lessons that wait as long, and words alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.roadmap.models import Commitment
from events.models import EventPage
from home.archive.models import Lesson
from home.archive.presenting import row_of
from home.archive.querysets import LISTED_AFTER, promises_without_debrief, without_debrief
from partnership import continuity
from partnership.continuity import Check, Concern


def debriefs_to_hold(today: date) -> Iterator[Concern]:
    """Events and promises that were closed 60 days ago, without a debrief."""
    events = without_debrief(
        EventPage.objects.select_related("debrief").prefetch_related("cities"),
        datetime.combine(today, time.max, tzinfo=UTC),
    )
    for event in events:
        row = row_of(event, event.title, event.ends_at.astimezone(event.zone).date(), "event")
        yield _to_hold(row, event.cities.all())
    promises = Commitment.objects.select_related("debrief").prefetch_related("roadmap__cities")
    for promise in promises_without_debrief(promises, today):
        row = row_of(promise, promise.title, promise.closed_on, "commitment")
        yield _to_hold(row, promise.roadmap.cities.all())


def _to_hold(row: dict[str, Any], cities: Any) -> Concern:
    return Concern(
        words=_("“%(title)s” is over, and nobody has held a debrief.") % {"title": row["title"]},
        ahead=_("Hold a debrief about “%(title)s”.") % {"title": row["title"]},
        due=row["closed_on"] + LISTED_AFTER,
        edit_url=row["url"],
        cities=tuple(cities),
    )


def lessons_to_take_up(today: date) -> Iterator[Concern]:
    """Lessons that are not taken up 60 days after the debrief."""
    for lesson in _not_in_a_version():
        day = lesson.debrief.held_on and lesson.debrief.held_on + LISTED_AFTER
        if not lesson.is_taken_up and day and day < today:
            yield _of(lesson, _("A lesson waits to be taken up: %(lesson)s"), day)


def lessons_in_words(today: date) -> Iterator[Concern]:
    """Lessons that are taken up, and no version of a protocol says so; since the day they were."""
    for lesson in _not_in_a_version():
        if lesson.is_in_words:
            words = _("A lesson is taken up in no version of a protocol: %(lesson)s")
            yield _of(lesson, words, lesson.taken_up_on)


@continuity.once_a_round
def _not_in_a_version() -> list[Lesson]:
    """With the cities of what they were learned from, the oldest debrief first."""
    fetched = Lesson.objects.in_no_version().select_related("debrief")
    with_cities = fetched.prefetch_related(
        "debrief__event__cities", "debrief__commitment__roadmap__cities"
    )
    return list(with_cities.order_by("debrief__held_on", "debrief", "sort_order", "pk"))


def _of(lesson: Lesson, words: str, due: date | None) -> Concern:
    debrief: Any = lesson.debrief
    page = debrief.event or debrief.commitment.roadmap
    return Concern(
        words=words % {"lesson": lesson},
        due=due,
        edit_url=reverse("debriefs:edit", args=(debrief.pk,)),
        cities=tuple(page.cities.all()),
    )


def register() -> None:
    """Ask for all; the first screen lists the debriefs by themselves."""
    hold = Check(
        name="debriefs.held",
        heading=gettext_lazy("Debriefs to hold"),
        find=debriefs_to_hold,
        has_own_panel=True,
    )
    take_up = Check(
        name="lessons.taken_up",
        heading=gettext_lazy("Lessons to take up"),
        find=lessons_to_take_up,
    )
    continuity.register(hold, order=50)
    in_words = Check(
        name="lessons.version",
        heading=gettext_lazy("Lessons without the version they are in"),
        find=lessons_in_words,
    )
    continuity.register(take_up, order=51)
    continuity.register(in_words, order=52)
