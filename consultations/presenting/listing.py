"""The list of consultations: what can be answered now, what comes, what became of the others."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from consultations.models import ConsultationIndexPage, ConsultationPage, PersonTakingPart
from consultations.presenting import places
from consultations.presenting.head import ancestors, chips
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.masking import SMALLEST_GROUP
from partnership.serving import fresh_until

PER_PAGE = 12


def index_context(index: ConsultationIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the lists as the template wants them, each in one query."""
    cities, list_url = once(request, cities_of_the_site), index.get_url(request) or ""
    public = ConsultationPage.objects.live().public().child_of(index)
    about = places.of_each(public)
    known = {one for parts in about.values() for one in parts}
    chosen = places.asked_for(request.GET, known)
    if chosen:
        public = public.filter(neighbourhoods=chosen)
    public = public.select_related("lead_city", "cover_photo")
    running, coming = list(public.open()), list(public.forthcoming())
    past = Paginator(public.closed(), PER_PAGE).get_page(request.GET.get("page"))
    fresh_until(
        request,
        *(consultation.closes_at for consultation in running),
        *(consultation.opens_at for consultation in coming),
    )
    people = PersonTakingPart.objects.by_consultation([*running, *coming, *past])

    def cards(consultations: Iterable[ConsultationPage]) -> list[dict[str, Any]]:
        return [
            {
                **_card(each, people.get(each.pk, {}), request),
                "neighbourhoods": [text for _one, text in places.named(about[each.pk], cities)],
            }
            for each in consultations
        ]

    return {
        "ancestors": ancestors(index, request),
        "choices": places.choices(known, chosen, cities, list_url),
        "query": places.query_of(chosen),
        "running": cards(running),
        "coming": cards(coming),
        "past": cards(past),
        "past_page": past,
    }


def _card(
    consultation: ConsultationPage, people: Mapping[int | None, int], request: HttpRequest
) -> dict[str, Any]:
    told = sum(size for size in people.values() if size >= SMALLEST_GROUP)
    return {
        "consultation": consultation,
        "people": told,
        "has_few_people": bool(people) and not told,
        "url": consultation.get_url(request),
        "chip": chips(consultation)[1],
    }
