"""What residents see of the answers they wait for."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.pages.languages import active
from partnership.people.models import Participant


def answers_waited_for(request: HttpRequest, participant: Participant) -> dict[str, Any]:
    """The consultations whose answers this person is told of; one query."""
    wishes = participant.answer_wishes.select_related("consultation").order_by("-pk")
    waiting = wishes.filter(told_at=None, consultation__live=True)
    return {
        "title": _("Answers you are waiting for"),
        "template": "official/my_wishes.html",
        "rows": [
            {
                "consultation": wish.consultation,
                "url": reverse("consultation_hear", args=(wish.consultation.slug_in(active()),)),
            }
            for wish in waiting
        ],
    }
