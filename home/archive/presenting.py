"""What readers see of debriefs and lessons, and what editors are reminded of."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone

from consultations.risks.models import RiskRating
from consultations.roadmap.models import Commitment
from events.models import EventPage
from home.archive.models import Debrief, Lesson
from home.archive.querysets import promises_without_debrief, without_debrief

PER_PAGE = 20


def debrief_context(subject: Any) -> dict[str, Any]:
    """The debrief of an event or a commitment with its lessons, once published; one query.

    A list of commitments brings all of it along. Else what was seen at a drill takes one more,
    and how risks were rated because of them one.
    """
    debrief: Debrief | None = getattr(subject, "debrief", None)
    if debrief is None or not debrief.is_published:
        return {"debrief": None}
    is_brought_along = "lessons" in getattr(debrief, "_prefetched_objects_cache", {})
    lessons: Any = debrief.lessons.all()
    if not is_brought_along:
        lessons = lessons.with_versions().with_what_was_seen()
    return {"debrief": debrief, "lessons": list(lessons)}


def there_are_lessons() -> Exists:
    """The condition that readers find a lesson."""
    return Exists(Lesson.objects.public())


def lessons_context(number: str | None) -> dict[str, Any]:
    """Return a page of lessons: first what is still to be taken up, then what was."""
    lessons = Lesson.objects.public().with_versions().with_origins()
    page = Paginator(lessons, PER_PAGE).get_page(number)
    rows = [{"lesson": lesson, **origin_of(lesson.debrief)} for lesson in page.object_list]
    return {
        "page": page,
        "to_do": [row for row in rows if not row["lesson"].is_taken_up],
        "done": [row for row in rows if row["lesson"].is_taken_up],
    }


def lessons_from(observations: Iterable[Any]) -> dict[int, list[Lesson]]:
    """The lessons that these observations became, by their keys; no query where none did."""
    became: dict[int, list[Lesson]] = {each.pk: [] for each in observations if each.became_lessons}
    if became:
        for lesson in Lesson.objects.from_observations(became).with_debriefs():
            became[lesson.observation_id].append(lesson)
    return became


def ratings_from(observations: Iterable[Any]) -> dict[int, list[RiskRating]]:
    """The public ratings that follow from these, by their keys; no query where none does."""
    moved: dict[int, list[RiskRating]] = {each.pk: [] for each in observations if each.moved_risks}
    if moved:
        for rating in RiskRating.objects.public().filter(observation__in=moved):
            moved[rating.observation_id].append(rating)
    return moved


def origin_of(debrief: Debrief) -> dict[str, Any]:
    """What the lesson was learned from, and the way there; nothing of what is not published."""
    told = debrief.subject_told
    if told is None:
        return {"title": "", "url": ""}
    is_event = debrief.event is not None
    url = f"{told.get_url()}#debrief" if is_event else told.get_absolute_url()
    return {"title": told.title, "url": url}


def address_of(lesson: Lesson) -> str:
    """Where readers find a lesson: at its event, else with its promise; empty for nowhere."""
    url: str = origin_of(lesson.debrief)["url"]
    return url.replace("#debrief", f"#lesson-{lesson.pk}")


def nobody_looked_back_at(editor: Any, *, at_most: int) -> list[dict[str, Any]]:
    """Return what the editor's cities closed long ago without a debrief, the longest ago first."""
    own = EventPage.objects.own_of(editor).select_related("debrief")
    events = without_debrief(own)[:at_most]
    promises = promises_without_debrief(
        Commitment.objects.editable_by(editor).select_related("debrief"), timezone.localdate()
    )
    rows = [
        *(
            row_of(event, event.title, event.ends_at.astimezone(event.zone).date(), "event")
            for event in events
        ),
        *(row_of(one, one.title, one.closed_on, "commitment") for one in promises[:at_most]),
    ]
    return sorted(rows, key=lambda row: row["closed_on"])[:at_most]


def row_of(subject: Any, title: str, closed_on: date, name: str) -> dict[str, Any]:
    """Return what has no debrief, and where one is begun or gone on with."""
    debrief = getattr(subject, "debrief", None)
    begin = f"{reverse('debriefs:add')}?{name}={subject.pk}"
    url = reverse("debriefs:edit", args=(debrief.pk,)) if debrief else begin
    return {"title": title, "closed_on": closed_on, "url": url}
