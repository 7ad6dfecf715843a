"""Why an event stays: people have asked questions there."""

from django.utils.translation import gettext_noop

from events.questions.models import LiveQuestion
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop("People have asked questions here live, so it cannot be deleted.")


def has_questions(page: BasePage) -> bool:
    """Whether anybody asked anything there, or at an event below it."""
    below = LiveQuestion.objects.filter(question_time__event__path__startswith=page.path)
    return below.exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(has_questions, because=REASON)
