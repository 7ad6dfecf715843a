"""What the front page shows: what is asked, what comes up, what became of what was said.

The front page looks into events and consultations through their own queryset words and
presenters; neither of them knows it. The number of queries does not grow with the content.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.http import HttpRequest

from consultations.enums import Act
from consultations.models import ConsultationPage
from consultations.presenting import head
from consultations.roadmap.enums import LATE, CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from consultations.roadmap.presenting import bridge
from events.models import EventIndexPage, EventPage
from partnership.cities.models import City
from partnership.cities.today import today_in
from partnership.interface import context as frame
from partnership.pages.access import open_to_all
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from home.models import HomePage

EVENTS_SHOWN = 3


def front_page(page: "HomePage", request: HttpRequest) -> dict[str, Any]:
    """Everything below the head of the front page."""
    cities = frame.once(request, frame.cities)
    return {
        "asked": asked_now(page, cities, request),
        "coming": coming_up(request),
        "steps": trace(page, request),
        "roadmap": roadmap_so_far(cities, request),
    }


# The consultation in the dark panel -----------------------------------------------------


def asked_now(page: "HomePage", cities: list[City], request: HttpRequest) -> dict[str, Any] | None:
    """The chosen consultation, else the open one that closes first; None without either."""
    public = ConsultationPage.objects.live().filter(open_to_all()).select_related("lead_city")
    is_wanted = Q(pk=page.featured_consultation_id) | Q(
        pk__in=public.open().order_by().values("pk")
    )
    found = list(public.filter(is_wanted).order_by("closes_at", "pk"))
    chosen = (one for one in found if one.pk == page.featured_consultation_id)
    consultation = next(chosen, found[0] if found else None)
    if consultation is None:
        return None
    fresh_until(request, consultation.opens_at, consultation.closes_at)
    fresh_until(request, *(phase.ends_at for phase in consultation.phase_list))
    counted = consultation.people.order_by().values_list("city_id").annotate(Count("pk"))
    return {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "phases": head.phases(consultation),
        "meter": head.meter(consultation, cities, dict(counted)),
        **_first_statement(consultation),
    }


def _first_statement(consultation: ConsultationPage) -> dict[str, Any]:
    """The statement fewest people have voted on, while one can vote; None after that."""
    if not consultation.allows(Act.VOTE):
        return {"statement": None}
    published = consultation.statements.asked().with_votes().select_related("city")
    in_turn = list(published.order_by("votes_cast", "number"))
    return {"statement": in_turn[0] if in_turn else None, "total": len(in_turn)}


# What comes up --------------------------------------------------------------------------


def coming_up(request: HttpRequest) -> dict[str, Any]:
    """The next events, and where all of them are."""
    events = list(EventPage.objects.upcoming().for_cards()[:EVENTS_SHOWN])
    fresh_until(request, *(event.ends_at for event in events))
    return {"events": events, "url": _events_url(request)}


def _events_url(request: HttpRequest) -> str:
    """Where all events are, found among the pages the menu is made of."""
    wanted = ContentType.objects.get_for_model(EventIndexPage).pk
    pages = frame.once(request, frame.top_pages)
    return next((page.get_url(request) for page in pages if page.content_type_id == wanted), "")


# One idea, followed ---------------------------------------------------------------------


def trace(page: "HomePage", request: HttpRequest) -> list[dict[str, str]]:
    """The steps from a voice to something built; a link only to a page readers may open."""
    return [
        {
            "icon": step.icon,
            "title": step.heading,
            "text": step.text,
            "url": step.url_for(request),
            "label": step.label,
        }
        for step in page.trace_steps.select_related("link_page")
    ]


# The roadmap so far ---------------------------------------------------------------------


def roadmap_so_far(cities: list[City], request: HttpRequest) -> dict[str, Any] | None:
    """This year's commitments as arches, the latest that was kept and the latest late one."""
    today = today_in(cities)
    roadmap = RoadmapPage.objects.filter(open_to_all()).current(today)
    if roadmap is None:
        return None
    commitments = list(roadmap.commitments.with_state(today))
    url = roadmap.get_url(request)
    return {
        "page": roadmap,
        "url": url,
        "total": len(commitments),
        **bridge(commitments),
        "finished": _just_finished(commitments),
        "late": _running_late(commitments),
    }


def _just_finished(commitments: list[Commitment]) -> Commitment | None:
    done = [one for one in commitments if one.status == CommitmentStatus.COMPLETED]
    return max(done, key=lambda one: (one.finished_on, one.number), default=None)


def _running_late(commitments: list[Commitment]) -> Commitment | None:
    late = [one for one in commitments if one.state == LATE]
    return max(late, key=lambda one: (one.due_on, one.number), default=None)
