"""Who takes the questions of which event."""

from typing import Any

from events.questions.models import QuestionTime
from partnership.pages.own_city import is_own

CHAIRS = "live_questions.change_livequestion"
SETTLES = "live_questions.change_questiontime"


def may_chair(user: Any, time: QuestionTime) -> bool:
    """Whether this person works for one of the event's cities and takes its questions."""
    return user.is_authenticated and user.has_perm(CHAIRS) and is_own(user, time)
