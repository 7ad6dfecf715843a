"""The list of consultations: what can be answered now, what comes, what became of the others."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from consultations.joined import with_joined
from consultations.models import ConsultationIndexPage, ConsultationPage, PersonTakingPart
from consultations.presenting import places
from consultations.presenting.cards import (
    card,
    knowing_own_part,
    knowing_what_is_said,
    own_part,
)
from consultations.presenting.head import ancestors
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.interface.narrowing import chosen_links
from partnership.people.models import Participant
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
    public = knowing_what_is_said(public.select_related("lead_city", "cover_photo"))
    public = knowing_own_part(public, Participant.objects.for_request(request).first())
    running: list[ConsultationPage] = with_joined(public.open(), "phases")
    coming = list(public.forthcoming())
    past = Paginator(public.closed(), PER_PAGE).get_page(request.GET.get("page"))
    turns = [instant for each in running for instant in each.turning_points]
    fresh_until(request, *turns, *(each.opens_at for each in coming))
    people = PersonTakingPart.objects.by_consultation([*running, *coming, *past])
    choices = places.choices(known, chosen, cities, list_url)

    def cards(consultations: Iterable[ConsultationPage]) -> list[dict[str, Any]]:
        return [
            {
                **card(each, people.get(each.pk, {}), request),
                "own": own_part(each),
                "neighbourhoods": [text for _one, text in places.named(about[each.pk], cities)],
            }
            for each in consultations
        ]

    return {
        "ancestors": ancestors(index, request),
        "choices": choices,
        "chosen": chosen_links(choices),
        "query": places.query_of(chosen),
        "running": cards(running),
        "coming": cards(coming),
        "past": cards(past),
        "past_page": past,
    }
