"""What people say about a board: ``{% load board_talk %}{% board_talk board %}``."""

from typing import Any

from django import template

from consultations.enums import Act
from consultations.models import ConsultationPage
from consultations.presenting.conversation import conversation
from consultations.presenting.reader import reader_of
from partnership.pages.access import open_to_all
from partnership.serving import fresh_until

register = template.Library()


@register.inclusion_tag("consultations/board_talk.html", takes_context=True)
def board_talk(context: dict[str, Any], board: Any) -> dict[str, Any]:
    """The comments on a board in the consultation of its event; nothing without one."""
    key = board.event.consultation_id
    shown = ConsultationPage.objects.live().filter(open_to_all()).select_related("lead_city")
    consultation = shown.filter(pk=key).first() if key else None
    if consultation is None:
        return {"consultation": None}
    request = context["request"]
    fresh_until(request, *consultation.turning_points)
    total = consultation.contributions.shown().threads().filter(board=board).count()
    reader = reader_of(request, consultation)
    return {
        "consultation": consultation,
        "board": board,
        "conversation": conversation(
            consultation, request.GET, {}, total=total, reader=reader, board=board
        ),
        "may_comment": consultation.allows(Act.COMMENT),
        "csrf_token": context.get("csrf_token"),
    }
