"""Live questions for tests: of a charrette next week, open since an hour ago."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.models import EventPage
from events.questions.models import LiveQuestion, QuestionSupport, QuestionTime
from partnership.cities.models import City
from tests.factories.events import make_event


def make_time(event: EventPage | None = None, **fields: Any) -> QuestionTime:
    """A time for questions that is open, and shows what nobody has read before."""
    found = EventPage.objects.get(pk=(event or make_event()).pk)
    now = timezone.now()
    values = {
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(hours=1),
        "is_moderated": False,
    }
    return QuestionTime.objects.create(event=found, **{**values, **fields})


def close(time: QuestionTime) -> None:
    """Let its end be a minute ago."""
    time.closes_at = timezone.now() - timedelta(minutes=1)
    time.save()


def make_question(
    time: QuestionTime, words: str = "Where do bicycles go?", **fields: Any
) -> LiveQuestion:
    """A published question from a hall of elsewhere, in English."""
    values = {"language_code": "en", "publication_status": "published"}
    return LiveQuestion.objects.create(question_time=time, text=words, **{**values, **fields})


def add_support(question: LiveQuestion, city: City | None, number: int = 1) -> None:
    """So many people in the hall of a city support it."""
    known = question.support.count()
    QuestionSupport.objects.bulk_create(
        QuestionSupport(question=question, city=city, hall_key=f"key {known + each}")
        for each in range(number)
    )
