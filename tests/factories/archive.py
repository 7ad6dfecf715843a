"""Debriefs for tests: of a charrette last week, published, with lessons."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.models import EventPage
from home.archive.models import Debrief, Lesson
from tests.factories.events import in_every_language, make_past_event


def make_debrief(event: EventPage | None = None, **fields: Any) -> Debrief:
    """A published debrief; of an event unless ``commitment`` is given."""
    if "commitment" not in fields:
        fields["event"] = EventPage.objects.get(pk=(event or make_past_event()).pk)
    values = {
        "held_on": timezone.localdate() - timedelta(days=1),
        "is_published": True,
        **in_every_language("went_well", "People drew."),
        **in_every_language("to_change", "Start later."),
    }
    return Debrief.objects.create(**{**values, **fields})


def add_lesson(debrief: Debrief, text: str = "Print the plan larger.", **fields: Any) -> Lesson:
    """A lesson that was proposed; taken up when it has a day for that."""
    values = {"state": "adopted" if fields.get("taken_up_on") else "proposed"}
    words = in_every_language("text", text)
    return Lesson.objects.create(debrief=debrief, **{**values, **words, **fields})
