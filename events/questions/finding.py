"""What was asked at events, as the search finds it once the questions are closed."""

from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.questions.models import LiveQuestion
from partnership.pages.finding import Source, Told
from partnership.pages.languages import active


def kept_questions(language: str) -> QuerySet:
    """Published questions whose time is over, in the words of a language, the latest first."""
    found = LiveQuestion.objects.kept().with_words_in(language)
    return found.select_related("question_time__event", "city")


def tell(question: LiveQuestion) -> Told:
    """The question, and what was answered."""
    time = question.question_time
    zone = ZoneInfo(time.event.time_zone)
    return Told(
        title=question.said_in(active()) or question.text,
        url=f"{time.address()}#question-{question.pk}",
        text=question.answer_in(active()),
        within=time.event.title,
        cities=(question.city,) if question.city else (),
        day=question.created_at.astimezone(zone).date(),
    )


QUESTIONS = Source(
    name="live-questions", heading=_("Questions asked live"), rows=kept_questions, tell=tell
)
