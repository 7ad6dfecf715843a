"""Which debriefs, which lessons, and which events and promises nobody has looked back at."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations.roadmap.enums import CommitmentStatus
from events.reports.querysets import NOT_HAPPENED
from home.archive.enums import LessonState
from partnership.pages.access import open_to_all

#: Time to get home before a debrief is opened, and when it is too late to open one by itself.
OPENED_AFTER = timedelta(hours=12)
OPENED_WITHIN = timedelta(days=60)
#: Without a debrief for so long, what is closed is listed to its editors.
LISTED_AFTER = timedelta(days=60)


def what_was_seen(lessons: Any) -> Prefetch:
    """Return how lessons fetch what readers know of the observations they name."""
    observations: Any = lessons._meta.get_field("observation").related_model
    return Prefetch("observation", queryset=observations.objects.public(), to_attr="seen")


def what_it_moved(lessons: Any) -> Prefetch:
    """Return how lessons fetch the ratings of public risks that follow from them."""
    ratings: Any = lessons._meta.get_field("riskratings").related_model
    return Prefetch("riskratings", queryset=ratings.objects.public(), to_attr="moved")


class DebriefQuerySet(QuerySet):
    """Reads as a sentence: ``Debrief.objects.published()``."""

    def published(self) -> Self:
        """Readers may see them."""
        return self.filter(is_published=True)

    def with_open_lessons(self) -> Self:
        """Add ``open_lessons``: how many are still to be taken up."""
        still_open = ~Q(lessons__state=LessonState.ADOPTED)
        return self.annotate(open_lessons=Count("lessons", filter=still_open))


class LessonQuerySet(QuerySet):
    """Lessons of debriefs."""

    _brings_moved = False

    def _clone(self) -> Self:
        clone: Any = super()._clone()  # type: ignore[misc]  # Django has it, its stubs do not
        clone._brings_moved = self._brings_moved
        return clone

    def _fetch_all(self) -> None:
        is_read = self._result_cache is not None
        super()._fetch_all()
        if self._brings_moved and not is_read:  # a prefetch would ask where there is none, too
            found: Any = self._result_cache
            moved = [each for each in found if each.moved_risks]
            prefetch_related_objects(moved, what_it_moved(self.model))

    def public(self) -> Self:
        """Of debriefs that every reader may see; those to be taken up first, then the latest."""
        is_done = Case(When(state=LessonState.ADOPTED, then=Value(1)), default=Value(0))
        found = self.filter(
            open_to_all("debrief__event__"),
            open_to_all("debrief__commitment__roadmap__"),
            debrief__is_published=True,
        )
        return found.annotate(is_done=is_done).order_by(
            "is_done", "-debrief__held_on", "debrief", "sort_order", "pk"
        )

    def with_versions(self) -> Self:
        """Bring along the versions of protocols in which they were taken up, if readers may."""
        found = self.annotate(has_open_version=open_to_all("taken_up_version__protocol__"))
        return found.select_related("taken_up_version__protocol")

    def with_debriefs(self) -> Self:
        """Bring along what they were learned from."""
        return self.select_related("debrief__event", "debrief__commitment__roadmap")

    def with_origins(self) -> Self:
        """Bring along what they were learned from, ``seen`` and ``moved``: a query or two more."""
        return self.with_debriefs().with_what_was_seen()

    def with_what_was_seen(self) -> Self:
        """Bring along ``seen``: what was seen at a drill that every reader may open, or None.

        And ``moved``: how public risks were rated because of them, where any was.
        """
        ratings: Any = self.model._meta.get_field("riskratings").related_model
        found = ratings.objects.filter(risk__is_published=True, lesson=OuterRef("pk"))
        lessons = self.prefetch_related(what_was_seen(self.model)).annotate(
            moved_risks=Exists(found)
        )
        lessons._brings_moved = True
        return lessons

    def from_observations(self, keys: Iterable[int]) -> Self:
        """Those that these observations at drills became, as readers see them."""
        return self.public().filter(observation__in=keys).with_versions()

    def to_be_taken_up(self) -> Self:
        """Not taken up yet."""
        return self.exclude(state=LessonState.ADOPTED)

    def in_no_version(self) -> Self:
        """To be taken up, or taken up in words alone: from before a version was asked for."""
        return self.filter(~Q(state=LessonState.ADOPTED) | Q(taken_up_version=None))


def closed(events: Any) -> Any:
    """Return the events that took place; a drill's debrief is its after-action review."""
    took_place = events.filter(live=True).exclude(event_status__in=NOT_HAPPENED)
    return took_place.exclude(drillpage__review__is_published=True)


def to_be_opened(events: Any) -> Any:
    """Return the events that ended lately and have no debrief."""
    now = timezone.now()
    ended = {"ends_at__lte": now - OPENED_AFTER, "ends_at__gt": now - OPENED_WITHIN}
    return closed(events).filter(debrief=None, drillpage=None, **ended)


def without_debrief(events: Any, now: datetime | None = None) -> Any:
    """Return the events closed for 60 days about which nobody has sat together.

    A drill is listed among those to review, from the 30th day on: nobody is asked twice.
    """
    forgotten = closed(events).filter(drillpage=None, debrief__held_on=None)
    long_ago = (now or timezone.now()) - LISTED_AFTER
    return forgotten.filter(ends_at__lte=long_ago).order_by("ends_at")


def closed_promises(commitments: Any) -> Any:
    """Return the promises that were kept or stopped, with the day: ``closed_on``.

    What is carried over goes on. One that was stopped without a day counts from the day it
    was due on.
    """
    ended = (CommitmentStatus.COMPLETED, CommitmentStatus.CANCELLED)
    found = commitments.filter(roadmap__live=True, status__in=ended)
    return found.annotate(closed_on=Coalesce(F("finished_on"), F("due_on")))


def promises_to_be_opened(commitments: Any, today: date) -> Any:
    """Return the promises that were closed lately and have no debrief."""
    lately = {"closed_on__lte": today, "closed_on__gt": today - OPENED_WITHIN}
    return closed_promises(commitments).filter(debrief=None, **lately)


def promises_without_debrief(commitments: Any, today: date) -> Any:
    """Return the promises closed for 60 days about which nobody has sat together."""
    long_ago = {"closed_on__lte": today - LISTED_AFTER, "debrief__held_on": None}
    return closed_promises(commitments).filter(**long_ago).order_by("closed_on", "pk")
