"""What the front page shows: what is asked, what comes up, what became of what was said.

The front page looks into events and consultations through their own queryset words and
presenters; neither of them knows it. The number of queries does not grow with the content.
"""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from consultations.models import ConsultationPage
from consultations.presenting import head, votes
from consultations.presenting.reader import reader_of
from consultations.roadmap.enums import LATE, CommitmentStatus
from consultations.roadmap.models import Commitment, RoadmapPage
from consultations.roadmap.presenting import bridge, today_in
from events.models import EventIndexPage, EventPage
from partnership.cities.models import City
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from home.models import HomePage

EVENTS_SHOWN = 3


def front_page(page: "HomePage", request: HttpRequest) -> dict[str, Any]:
    """Everything below the head of the front page."""
    cities = list(City.objects.all())
    return {
        "cities": cities,
        "asked": asked_now(page, cities, request),
        "coming": coming_up(request),
        "steps": trace(page, request),
        "roadmap": roadmap_so_far(cities, request),
    }


# The consultation in the dark panel -----------------------------------------------------


def asked_now(page: "HomePage", cities: list[City], request: HttpRequest) -> dict[str, Any] | None:
    """The chosen consultation, else the open one that closes first; None without either."""
    public = ConsultationPage.objects.live().public().select_related("lead_city")
    chosen = public.filter(pk=page.featured_consultation_id).first()
    consultation = chosen or public.open().first()
    if consultation is None:
        return None
    fresh_until(request, consultation.opens_at, consultation.closes_at)
    fresh_until(request, *(phase.ends_at for phase in consultation.phase_list))
    statements = consultation.statements.published().select_related("city")
    return {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "phases": head.phases(consultation),
        "meter": head.meter(consultation, cities),
        "card": votes.card(
            consultation,
            list(statements.prefetch_related("tallies")),
            reader_of(request, consultation),
            query={},
        ),
    }


# What comes up --------------------------------------------------------------------------


def coming_up(request: HttpRequest) -> dict[str, Any]:
    """The next events, and where all of them are."""
    events = list(EventPage.objects.upcoming().for_cards()[:EVENTS_SHOWN])
    fresh_until(request, *(event.ends_at for event in events))
    index = EventIndexPage.objects.live().first()
    return {"events": events, "url": index.get_url(request) if index else ""}


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
    roadmap = RoadmapPage.objects.public().current(today)
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
