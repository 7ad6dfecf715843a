"""What readers see of programmes and campaigns: how far, for whom, for how much, to what end."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Exists
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.initiatives.enums import InitiativeKind, IntakeState
from consultations.initiatives.models import InitiativePage, ProgrammePage
from consultations.initiatives.period import period_of
from consultations.roadmap.delivery.money import totals
from consultations.roadmap.delivery.presenting import Measured, Read, rates_of, tables_of_money
from consultations.roadmap.models import Commitment
from consultations.roadmap.presenting import ancestors
from partnership.cities.models import City
from partnership.cities.today import today_in
from partnership.interface.context import cities as cities_of_the_site
from partnership.interface.context import once
from partnership.interface.narrowing import chosen_links
from partnership.pages.access import open_to_all
from partnership.pages.huge_numbers import key_in
from partnership.pages.models import BasePage
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from consultations.initiatives.models import InitiativeIndexPage, InitiativeLine

#: What every page knows where there is a programme or a campaign to read.
KNOWN = "has_initiatives"
TONES = {IntakeState.OPEN: "ok"}


def there_are_public_ones() -> Exists:
    """The condition that readers find a programme or a campaign."""
    return Exists(InitiativePage.objects.published())


# The list ------------------------------------------------------------------------------


def index_context(page: "InitiativeIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Those that run or are to come, then those that are over; one query reads them all.

    A kind that there is none of counts as not asked.
    """
    today = today_in(once(request, cities_of_the_site))
    found = InitiativePage.objects.child_of(page).published()
    found = found.select_related("programmepage__lead_city", "cover_photo")
    promise = _promise_asked_for(request)
    if promise:
        found = found.serving(promise.pk)
    every = list(found.prefetch_related("cover_photo__renditions").order_by("-starts_on", "-pk"))
    url, asked = page.get_url(request) or "", request.GET.get("kind", "")
    kind = asked if asked in {each.kind for each in every} else ""
    shown = [each for each in every if kind in {"", each.kind}]
    programmes = [getattr(each, "programmepage", None) for each in shown]
    fresh_until(request, *(when for each in programmes if each for when in turning_points(each)))
    cards = [(each.is_over_on(today), _card(each, request, today)) for each in shown]
    choices = [] if promise else _kinds(every, kind, url)
    return {
        "ancestors": ancestors(page),
        "running": [card for is_over, card in cards if not is_over],
        "ended": [card for is_over, card in cards if is_over],
        "choices": choices,
        "chosen": chosen_links(choices),
        "promise": promise,
        "own_url": url,
        "downloads": downloads(),
    }


def _promise_asked_for(request: HttpRequest) -> Commitment | None:
    """The promise whose initiatives are asked for, where readers know it."""
    key = key_in(request.GET.get("serves", ""))
    return Commitment.objects.public().filter(pk=key).first() if key else None


def _kinds(every: Iterable[InitiativePage], chosen: str, url: str) -> list[dict[str, Any]]:
    """A link for each kind there is; nothing to choose where there is one only."""
    there = {each.kind for each in every}
    kinds = [(kind.value, str(kind.label)) for kind in InitiativeKind if kind in there]
    if len(kinds) < 2:
        return []
    everything = {"label": _("All kinds"), "url": url, "current": not chosen}
    return [
        everything,
        *(
            {"label": label, "url": f"{url}?kind={kind}", "current": kind == chosen}
            for kind, label in kinds
        ),
    ]


def _card(page: InitiativePage, request: HttpRequest, today: Any) -> dict[str, Any]:
    # Whether one could apply to what is over is nobody's question.
    programme = None if page.is_over_on(today) else getattr(page, "programmepage", None)
    return {
        "page": page,
        "url": page.get_url(request),
        "chips": chips(page, programme),
        "period": period_of(page.starts_on, page.ends_on, today),
    }


def chips(page: InitiativePage, programme: ProgrammePage | None) -> list[dict[str, str]]:
    """What it is, and whether one can apply."""
    found = [{"text": page.get_kind_display(), "tone": "", "icon": ""}]
    state = programme.intake_state if programme else None
    if programme and state:
        tone = TONES.get(state, "line")
        found.append({"text": intake_words(programme, state), "tone": tone, "icon": "clock"})
    return found


def intake_words(programme: ProgrammePage, state: IntakeState) -> str:
    """The state with the day it changes, on the clock of the city that leads."""
    words = {
        IntakeState.FORTHCOMING: _("Intake opens on %(day)s"),
        IntakeState.OPEN: _("Intake open until %(day)s"),
        IntakeState.CLOSED: _("Intake closed on %(day)s"),
    }
    is_to_come = state == IntakeState.FORTHCOMING
    when = programme.intake_opens_at if is_to_come else programme.intake_closes_at
    if when is None or programme.lead_city is None:
        return str(state.label)
    zone = ZoneInfo(programme.lead_city.time_zone)
    return words[state] % {"day": date_format(when.astimezone(zone))}


def turning_points(programme: ProgrammePage) -> list[Any]:
    """The instants at which what is said of the intake changes."""
    return [programme.intake_opens_at, programme.intake_closes_at]


# One of them ---------------------------------------------------------------------------


def initiative_context(page: InitiativePage, request: HttpRequest) -> dict[str, Any]:
    """Everything its page shows, in a number of queries that never grows."""
    cities = once(request, cities_of_the_site)
    programme = page if isinstance(page, ProgrammePage) else None
    if programme:
        fresh_until(request, *turning_points(programme))
        known = {city.pk: city for city in cities}
        programme.lead_city = known.get(programme.lead_city_id or 0)
    promises = _served(page)
    lines = _lines(page, cities, promises)
    sums = totals(lines)
    return {
        "ancestors": ancestors(page),
        "chips": chips(page, programme),
        "period": period_of(page.starts_on, page.ends_on, today_in(cities)),
        "intake": _intake(programme, request) if programme else None,
        "cities": cities,
        "channels": [line for line in getattr(page, "channels", "").splitlines() if line.strip()],
        "partners": list(page.partners.select_related("city")),
        "promises": list(promises.values()),
        "measures": _measures(page, cities),
        "lines": lines,
        "sums": [total for total in sums if total.is_whole],
        "tables": tables_of_money(lines, cities),
        "rates": rates_of(lines),
        "downloads": downloads(),
    }


def _intake(programme: ProgrammePage, request: HttpRequest) -> dict[str, Any] | None:
    """When one can apply, and where."""
    state = programme.intake_state
    if state is None:
        return None
    keys = {programme.intake_event_id, programme.intake_consultation_id} - {None}
    ways = BasePage.objects.live().filter(open_to_all(), pk__in=keys) if keys else ()
    return {
        "state": state,
        "label": state.label,
        "opens_at": programme.intake_opens_at,
        "closes_at": programme.intake_closes_at,
        "ways": [{"title": page.title, "url": page.get_url(request)} for page in ways],
    }


def _served(page: InitiativePage) -> dict[int, dict[str, str]]:
    """The promises it serves that readers may know, by their keys: icon, label, short, url."""
    keys = [each.commitment_id for each in page.served.all()]
    known = {one.pk: one for one in Commitment.objects.public().filter(pk__in=keys)} if keys else {}
    return {key: _told(known[key]) for key in keys if key in known}


def _told(promise: Commitment) -> dict[str, str]:
    said = {"year": promise.roadmap.year, "number": promise.number, "title": promise.title}
    return {
        "icon": "flag",
        "label": _("%(year)s, item %(number)s: %(title)s") % said,
        "short": _("for item %(number)s of %(year)s") % said,
        "url": promise.get_absolute_url(),
    }


def _lines(
    page: InitiativePage, cities: Iterable[City], promises: dict[int, dict[str, str]]
) -> list["InitiativeLine"]:
    """What it costs, each line with its city and the promise it is for, ``promise``."""
    known = {city.pk: city for city in cities}
    lines = sorted(page.budget_lines.all(), key=lambda line: line.sort_order or 0)
    for line in lines:
        line.city = known.get(line.city_id) or line.city
        line.settle_money()  # of a version that was never saved
        told = promises.get(line.serves_id or 0)
        line.promise = {"label": told["short"], "url": told["url"]} if told else None
    return lines


def _measures(page: InitiativePage, cities: Iterable[City]) -> list[Measured]:
    """Its indicators with their readings, the oldest first."""
    known = {city.pk: city for city in cities}
    return [
        Measured(
            indicator,
            [
                Read(each.read_on, each.value, known.get(each.city_id), each.source)
                for each in sorted(indicator.readings.all(), key=lambda each: each.read_on)
            ],
        )
        for indicator in page.indicators.prefetch_related("readings")
    ]


def downloads() -> list[dict[str, str]]:
    """All of them as open data."""
    tables = (
        ("initiatives", _("Programmes and campaigns (CSV)")),
        ("money", _("Money (CSV)")),
        ("indicators", _("Indicators (CSV)")),
        ("readings", _("Readings (CSV)")),
    )
    files = [(reverse("initiatives_csv", args=(name,)), label) for name, label in tables]
    files.append((reverse("initiatives_json"), _("Everything as JSON")))
    return [{"url": url, "label": label, "icon": "down"} for url, label in files]
