"""What readers see of committees, contacts and mediators."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from consultations.roadmap.presenting import ancestors
from home.committees.enums import SeatRole, StageKind
from partnership.cities.models import City
from partnership.cities.today import latest_today_in, today_in
from partnership.interface.context import cities as all_cities
from partnership.interface.context import once
from partnership.interface.framing import is_known
from partnership.pages.access import open_to_all
from partnership.pages.alphabet import alphabetical

if TYPE_CHECKING:
    from home.committees.models import CommitteePage, Membership

ROLES, STAGES = list(SeatRole), list(StageKind)


def index_context(page: Any, committees: Any, request: HttpRequest) -> dict[str, Any]:
    """The committees that everybody may read, by their names, each with its cities."""
    found = committees.live().filter(open_to_all()).prefetch_related("cities")
    everyone = once(request, all_cities)
    rows = [
        {"page": each, "cities": list(each.cities.all()) or everyone}
        for each in alphabetical(found, by=lambda committee: committee.title)
    ]
    return {"ancestors": ancestors(page), "committees": rows}


def committee_context(page: "CommitteePage", request: HttpRequest) -> dict[str, Any]:
    """Who sits in it, city by city, when it meets and what it decided at its past meetings."""
    cities = list(page.cities.all()) or once(request, all_cities)
    everywhere = once(request, all_cities)
    today, latest = today_in(everywhere), latest_today_in(everywhere)
    seats = page.memberships.current(today).select_related("deputy")
    past = page.meetings.past(today, latest)
    years = [day.year for day in past.dates("held_on", "year", order="DESC")]
    year = _chosen(request.GET.get("year", ""), years)
    shown = past.filter(held_on__year=year) if year else past.none()
    return {
        "ancestors": ancestors(page),
        "columns": _columns(list(seats), cities, today),
        "coming": list(page.meetings.coming(today, latest)),
        "past": list(shown.select_related("document").with_decisions()),
        "years": [
            {"title": each, "url": f"?year={each}#meetings", "current": each == year}
            for each in years
        ],
    }


def _chosen(asked: str, years: list[int]) -> int | None:
    """The year that was asked for if there is one, else the latest."""
    known = {str(year): year for year in years}
    return known.get(asked, years[0] if years else None)


def _columns(
    seats: list["Membership"], cities: Iterable[City], today: date
) -> list[dict[str, Any]]:
    """The seats of every city; a deputy of one stands under it, a deputy of several behind all."""
    deputies = {seat.deputy_id for seat in seats}
    own = [seat for seat in seats if seat.role != SeatRole.DEPUTY or seat.pk not in deputies]
    ranked = sorted(own, key=lambda seat: (ROLES.index(SeatRole(seat.role)), seat.pk))
    return [
        {"city": city, **_with_deputies([one for one in ranked if one.city_id == city.pk], today)}
        for city in cities
    ]


def _with_deputies(seats: list["Membership"], today: date) -> dict[str, Any]:
    """The seats with their deputies, and the deputies of several seats with these."""
    found = [(seat, seat.deputy_on(today)) for seat in seats]
    of_each: dict[int, list[Membership]] = defaultdict(list)
    for seat, deputy in found:
        if deputy:
            of_each[deputy.pk].append(seat)
    several = {
        deputy.pk: {"deputy": deputy, "seats": of_each[deputy.pk]}
        for _seat, deputy in found
        if deputy and len(of_each[deputy.pk]) > 1
    }
    return {
        "seats": [
            {"seat": seat, "deputy": deputy if deputy and deputy.pk not in several else None}
            for seat, deputy in found
        ],
        "deputies": list(several.values()),
    }


def contacts_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The offices of every city, and the way of a disagreement with who helps on it."""
    from home.committees.models import Contact, Mediator  # whose pages these words are about

    contacts = alphabetical(Contact.objects.all(), by=lambda contact: contact.role)
    cities = [
        {"city": city, "contacts": [each for each in contacts if each.city_id == city.pk]}
        for city in once(request, all_cities)
    ]
    stages = sorted(page.stages.all(), key=lambda stage: STAGES.index(StageKind(stage.kind)))
    mediators = Mediator.objects.public(timezone.localdate())
    return {
        "ancestors": ancestors(page),
        "cities_with_contacts": cities,
        "has_contacts": bool(contacts),
        "stages": stages,
        "mediators": alphabetical(mediators, by=lambda mediator: mediator.name),
        "has_disputes": is_known(once(request, all_cities), "has_disputes_link"),
    }
