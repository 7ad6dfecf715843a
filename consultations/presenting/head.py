"""The head of a consultation: its state, its phases, who took part, where it leads."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from consultations.enums import Act, ConsultationState, PhaseKind
from consultations.models import ConsultationPage, Phase
from partnership.cities.days import last_instant
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP
from partnership.pages.addresses import LINK_COLUMNS
from partnership.serving.at_hand import site_of

TONES = {ConsultationState.OPEN: "ok", ConsultationState.ANSWERED: "ok"}
ICONS = {ConsultationState.OPEN: "check", ConsultationState.ANSWERED: "flag"}

#: What a stage is for, said to whoever sees its name only.
MEANINGS = {
    PhaseKind.INFORM: gettext_lazy("The cities say what it is about."),
    PhaseKind.COLLECT: gettext_lazy("The cities ask, and you answer."),
    PhaseKind.DISCUSS: gettext_lazy("The cities listen to what you say."),
    PhaseKind.VOTE: gettext_lazy("You vote on what was said."),
    PhaseKind.DECIDE: gettext_lazy("The cities weigh it, and decide."),
    PhaseKind.ANSWER: gettext_lazy("The cities tell you what became of it."),
}


def chips(consultation: ConsultationPage) -> list[dict[str, str]]:
    """The pills above the title: what it is and where it stands."""
    state = consultation.state
    look = {"tone": TONES.get(state, "line"), "icon": ICONS.get(state, "clock")}
    return [
        {"text": _("Consultation"), "icon": "chat"},
        {"text": state_words(consultation, state), **look},
    ]


def state_words(consultation: ConsultationPage, state: ConsultationState) -> str:
    """The state with the day it changes, on the lead city's clock."""
    zone = ZoneInfo(consultation.lead_city.time_zone)
    opens = day_near(consultation.opens_at, zone)
    closes = last_day_near(consultation.closes_at, zone)
    words = {
        ConsultationState.FORTHCOMING: pgettext("consultation", "Opens on %(day)s"),
        ConsultationState.OPEN: pgettext("consultation", "Open until %(day)s"),
        ConsultationState.CLOSED: pgettext("consultation", "Closed on %(day)s"),
    }
    day = opens if state == ConsultationState.FORTHCOMING else closes
    return words[state] % {"day": day} if state in words else str(state.label)


def day_near(instant: datetime, zone: ZoneInfo) -> str:
    """A day near us needs no year."""
    local = instant.astimezone(zone)
    is_near = local.year == timezone.now().astimezone(zone).year
    return date_format(local, "MONTH_DAY_FORMAT" if is_near else "DATE_FORMAT")


def last_day_near(end: datetime, zone: ZoneInfo) -> str:
    """The last day of what ends at this instant: of what ends at midnight the day before."""
    return day_near(last_instant(end), zone)


def phases(consultation: ConsultationPage) -> list[dict[str, str]]:
    """The phases with what is to be said about each, as their component wants them."""
    now, zone = timezone.now(), ZoneInfo(consultation.lead_city.time_zone)
    found = []
    for phase in consultation.phase_list:
        state = "now" if phase.covers(now) else "done" if phase.ends_at <= now else "next"
        note = phase.note or _note(phase, state, now, zone)
        found.append({"name": str(phase), "note": note, "state": state, **_meaning(phase, zone)})
    return found


def _meaning(phase: Phase, zone: ZoneInfo) -> dict[str, str]:
    """What the phase is for, what residents may do during it, and its days."""
    may = [str(Act(act).label) for act in phase.allows if act in Act.values]
    days = {"first": day_near(phase.starts_at, zone), "last": last_day_near(phase.ends_at, zone)}
    return {
        "means": str(MEANINGS[PhaseKind(phase.kind)]),
        "may": get_text_list(may, _("and")),
        "days": pgettext("days of a stage", "%(first)s to %(last)s") % days,
    }


def _note(phase: Phase, state: str, now: datetime, zone: ZoneInfo) -> str:
    if state == "now":
        return time_left(phase.ends_at, now, zone)
    if state == "done":
        return _("until %(day)s") % {"day": last_day_near(phase.ends_at, zone)}
    return _("from %(day)s") % {"day": day_near(phase.starts_at, zone)}


def time_left(until: datetime, now: datetime, zone: ZoneInfo) -> str:
    """How many days somebody has yet, counted as a calendar on the wall counts them."""
    last = last_instant(until).astimezone(zone).date()
    days = (last - now.astimezone(zone).date()).days
    if days == 0:
        return _("ends today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def meter(
    consultation: ConsultationPage, cities: Iterable[City], people: Mapping[int | None, int]
) -> dict[str, Any]:
    """How many people of each city have taken part, against the number hoped for.

    ``count`` is None where it is kept back.
    """
    cities = list(cities)
    told = people_told(cities, people)
    counts = [(city, told[city.pk]) for city in cities]
    target = consultation.target_per_city
    whole = target or max((count or 0 for _city, count in counts), default=0) or 1
    return {
        "rows": [
            {"city": city, "count": count, "share": min(100, round(100 * (count or 0) / whole))}
            for city, count in counts
        ],
        "target": target,
        "elsewhere": told[None],
        "keeps_back": any(count is None for _city, count in counts),
    }


def people_told(
    cities: Iterable[City], people: Mapping[int | None, int]
) -> dict[int | None, int | None]:
    """How many people of each city and of elsewhere readers are told of; None is kept back.

    Nothing else has to be kept back with a group under five: whatever is told of all of them
    together counts only those that are told, so that none can be worked out.
    """
    sizes = {place: people.get(place, 0) for place in (*(city.pk for city in cities), None)}
    return {place: None if 0 < size < SMALLEST_GROUP else size for place, size in sizes.items()}


def next_meetings(consultation: ConsultationPage) -> list[Any]:
    """The published events this consultation leads to, the first one first; one query."""
    events = getattr(consultation, "events", None)  # the relation belongs to another room
    return list(events.public_events().order_by("starts_at")) if events and consultation.pk else []


def ancestors(page: Any, request: HttpRequest) -> list[dict[str, str]]:
    """The way back up, the front page first; no query for a page that was just routed to."""
    site, parent = site_of(request), getattr(page, "_cached_parent_obj", None)
    if site and parent and parent.depth == site.root_page.depth + 1:
        above = [each for each in (site.root_page, parent) if each.live]
    else:
        above = page.get_ancestors().live().filter(depth__gt=1).only(*LINK_COLUMNS)
    return [{"title": parent.title, "url": parent.get_url(request)} for parent in above]
