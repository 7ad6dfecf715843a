"""What readers see of debriefs and lessons."""

from typing import Any

from django.core.paginator import Paginator

from home.archive.models import Debrief, Lesson

PER_PAGE = 20


def debrief_context(event: Any) -> dict[str, Any]:
    """The debrief of an event with its lessons, once it is published; one query."""
    debrief: Debrief | None = getattr(event, "debrief", None)
    if debrief is None or not debrief.is_published:
        return {"debrief": None}
    return {"debrief": debrief, "lessons": list(debrief.lessons.all())}


def lessons_context(number: str | None) -> dict[str, Any]:
    """Return a page of lessons: first what is still to be taken up, then what was."""
    lessons = Lesson.objects.public().select_related(
        "debrief__event", "debrief__commitment__roadmap"
    )
    page = Paginator(lessons, PER_PAGE).get_page(number)
    rows = [{"lesson": lesson, **_origin(lesson.debrief)} for lesson in page.object_list]
    return {
        "page": page,
        "to_do": [row for row in rows if not row["lesson"].is_taken_up],
        "done": [row for row in rows if row["lesson"].is_taken_up],
    }


def _origin(debrief: Debrief) -> dict[str, Any]:
    """What the lesson was learned from, and the way there."""
    if debrief.event is not None:
        is_shown = debrief.event.live
        return {
            "title": debrief.event.title,
            "url": f"{debrief.event.get_url()}#debrief" if is_shown else "",
        }
    commitment: Any = debrief.commitment
    is_shown = commitment.roadmap.live
    return {"title": commitment.title, "url": commitment.get_absolute_url() if is_shown else ""}
