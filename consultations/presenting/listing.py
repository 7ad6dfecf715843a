"""The list of consultations: what can be answered now, what comes, what became of the others."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from consultations.models import ConsultationIndexPage, ConsultationPage
from consultations.presenting.head import ancestors, chips
from partnership.masking import SMALLEST_GROUP
from partnership.serving import fresh_until

PER_PAGE = 12


def index_context(index: ConsultationIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the lists as the template wants them, each in one query."""
    public = (
        ConsultationPage.objects.live()
        .public()
        .child_of(index)
        .select_related("lead_city", "cover_photo")
        .with_people_taking_part()
    )
    running, coming = list(public.open()), list(public.forthcoming())
    past = Paginator(public.closed(), PER_PAGE).get_page(request.GET.get("page"))
    fresh_until(
        request,
        *(consultation.closes_at for consultation in running),
        *(consultation.opens_at for consultation in coming),
    )
    return {
        "ancestors": ancestors(index, request),
        "running": [_card(consultation, request) for consultation in running],
        "coming": [_card(consultation, request) for consultation in coming],
        "past": [_card(consultation, request) for consultation in past],
        "past_page": past,
    }


def _card(consultation: ConsultationPage, request: HttpRequest) -> dict[str, Any]:
    people = getattr(consultation, "people_taking_part", 0)
    return {
        "consultation": consultation,
        "people": people if people >= SMALLEST_GROUP else None,
        "has_few_people": 0 < people < SMALLEST_GROUP,
        "url": consultation.get_url(request),
        "chip": chips(consultation)[1],
    }
