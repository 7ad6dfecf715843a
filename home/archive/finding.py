"""Lessons as the search finds them: where they were learned, or in the list of all lessons."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from home.archive.models import Lesson
from home.archive.presenting import origin_of
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("text", "taken_up_in")


def lessons(language: str) -> QuerySet:
    """Lessons that every reader may see, in the order of their list."""
    spoken = Lesson.objects.public().annotate(
        words=words_in(*(localized(name, language) for name in TEXTS))
    )
    return spoken.with_debriefs()


def tell(lesson: Lesson) -> Told:
    """The lesson, and what it was learned from."""
    origin = origin_of(lesson.debrief)
    return Told(
        title=lesson.text,
        url=origin["url"] or reverse("lessons"),
        within=origin["title"],
        day=lesson.debrief.held_on,
    )


LESSONS = Source(name="lessons", heading=_("Lessons"), rows=lessons, tell=tell)
