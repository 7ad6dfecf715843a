"""What somebody asked and supported live, for the copy of their own data."""

from django.utils.translation import gettext_lazy as _

from events.questions.models import LiveQuestion, QuestionSupport
from partnership.pages.languages import field_names
from partnership.people.copies import Held, hold


def register() -> None:
    """Tell of the questions with their answers, and of those they support."""
    hold(
        Held(
            model=LiveQuestion,
            title=_("your questions at events"),
            told={"question_time": lambda question: str(question.question_time.event.title)},
            without=("rendering", *field_names("rendering"), "answer"),
            needs=("question_time__event",),
        ),
        Held(
            model=QuestionSupport,
            title=_("questions at events that you support"),
            told={"question": lambda row: row.question_id},
            without=("hall_key",),
        ),
    )
