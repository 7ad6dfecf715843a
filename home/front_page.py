"""What the front page shows: what is asked, what comes up, what became of what was said.

The front page looks into events and consultations through their own queryset words and
presenters; neither of them knows it. The number of queries does not grow with the content.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.http import HttpRequest
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import ConsultationPage, Phase
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
    phases = consultation.phase_list
    fresh_until(request, consultation.opens_at, consultation.closes_at)
    fresh_until(request, *(phase.ends_at for phase in phases))
    return {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "phases": [_stage(phase, consultation.lead_city.time_zone) for phase in phases],
        "balance": _balance(consultation, cities),
        **_first_statement(consultation),
    }


def _stage(phase: Phase, zone: str) -> dict[str, str]:
    """A phase as its component wants it: when it was or will be, or until when it runs."""
    now = timezone.now()
    if phase.ends_at <= now:
        state, when = "done", _day(phase.starts_at, zone, "F")
    elif phase.starts_at <= now:
        day = _day(phase.ends_at, zone, "MONTH_DAY_FORMAT")
        state, when = "now", _("until %(day)s") % {"day": day}
    else:
        state, when = "next", _day(phase.starts_at, zone, "F")
    return {"name": phase.get_kind_display(), "note": phase.note or when, "state": state}


def _day(instant: datetime, zone: str, form: str) -> str:
    return format_date(instant.astimezone(ZoneInfo(zone)), form)


def _balance(consultation: ConsultationPage, cities: list[City]) -> list[dict[str, Any]]:
    """How many people of each city take part, and how much of the line asked for that is."""
    counted = consultation.people.order_by().values_list("city").annotate(people=Count("pk"))
    people = dict(counted)
    found = [people.get(city.pk, 0) for city in cities]
    line = consultation.target_per_city or max(found, default=0) or 1
    return [
        {"city": city, "count": count, "share": min(100, round(100 * count / line))}
        for city, count in zip(cities, found, strict=True)
    ]


def _first_statement(consultation: ConsultationPage) -> dict[str, Any]:
    """The statement to begin with, while one can vote; and how many there are, days left."""
    if not consultation.allows("vote"):
        return {"statement": None}
    statements = list(consultation.statements.published().select_related("city"))
    days = (consultation.closes_at - timezone.now()).days
    left = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    return {
        "statement": statements[0] if statements else None,
        "total": len(statements),
        "days_left": left if days else _("closes today"),
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
