"""What somebody asked live, for the page "My participation"."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

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
            }
            for question in own.order_by("-created_at", "-pk")
        ],
    }
