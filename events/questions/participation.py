"""What somebody asked live, for the page "My participation"."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from events.questions.models import LiveQuestion
from partnership.people.models import Participant


def questions(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """Every question of the participant with what became of it, the latest first."""
    own = participant.live_questions.select_related("question_time__event")
    return {
        "title": _("Your questions at events"),
        "template": "live_questions/my_questions.html",
        "rows": [
            {
                "question": question,
                "event": question.question_time.event,
                "url": question.question_time.address(),
                "withdraw_url": _withdraw_url(question),
            }
            for question in own.order_by("-created_at", "-pk")
        ],
    }


def _withdraw_url(question: LiveQuestion) -> str:
    """Where it is taken back; empty once it was taken up, or its event is no longer public."""
    time = question.question_time
    if question.is_taken_up or not time.event.live:
        return ""
    return time.address("event_questions_withdraw", question.pk)
