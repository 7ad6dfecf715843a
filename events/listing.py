"""The list of events: what it shows, and the links that ask for something else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import EventKind
from events.filters import MONTH, PAST, Filters, read_day, today_on
from events.month import month_of, months_around
from events.presenting import ancestors
from events.querysets import ON_CARDS
from events.subscribing import subscriptions
from partnership.cities.former import ask_for_halls
from partnership.interface.catalogues import OF_THE_CODE, language_of
from partnership.interface.context import cities as shown_cities
from partnership.interface.context import once, partnership_name
from partnership.interface.narrowing import chosen_links
from partnership.pages.languages import own_name
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from events.models import EventIndexPage, EventPage
    from events.querysets import EventQuerySet
    from partnership.cities.models import City

PER_PAGE = 12
#: Under a list that is not long, the latest of what has been.
RECENT = 3

PLURALS = {
    EventKind.EXCHANGE: gettext_lazy("Exchanges"),
    EventKind.FESTIVAL: gettext_lazy("Festivals"),
    EventKind.CHARRETTE: gettext_lazy("Charrettes"),
    EventKind.EXHIBITION: gettext_lazy("Exhibitions"),
    EventKind.PLANNING_SESSION: gettext_lazy("Planning sessions"),
    EventKind.DRILL: gettext_lazy("Drills"),
}
#: A menu has room for three; the others are one link further.
IN_MENU = (EventKind.EXCHANGE, EventKind.FESTIVAL, EventKind.CHARRETTE)


def listing_context(index: "EventIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Everything the list shows, in a number of queries that never grows."""
    cities = once(request, shown_cities)
    filters = Filters.from_query(request.GET, cities)
    return {
        "ancestors": ancestors(index),
        "filters": filters,
        "title": _title(index, filters),
        **_ways_to_narrow(index, request, filters, cities),
        "languages": settings.LANGUAGES,
        "all_url": _address(index, request, Filters(when=filters.when, month=filters.month)),
        "past_url": _address(index, request, replace(filters, when=PAST, month="")),
        "coming_url": _address(index, request, replace(filters, when="", month="")),
        "subscriptions": subscriptions(
            filters, once(request, partnership_name), _title(index, filters)
        ),
        **_shown(index, request, filters),
    }


def _shown(index: "EventIndexPage", request: HttpRequest, filters: Filters) -> dict[str, Any]:
    """Return the events: a month of them, or a page of the list with some of what has been."""
    cities = once(request, shown_cities)
    zone = cities[0].time_zone if cities else "UTC"
    public = apps.get_model("events", "EventPage").objects.child_of(index).public_events()
    if filters.is_month:
        found = filters.narrow(public, zone)
        around, month = months_around(public, filters, zone), month_of(found, filters, zone)
        ask_for_halls(month.events, cities)
        # Tomorrow another day is today.
        tomorrow = today_on(zone) + timedelta(days=1)
        fresh_until(request, datetime.combine(tomorrow, time(), ZoneInfo(zone)))
        return {
            "month": month,
            "around": {name: one and _address(index, request, one) for name, one in around.items()},
        }
    page, recent = _page(public, request, filters, zone)
    if not filters.is_past:
        # The list changes when one of these is over.
        fresh_until(request, *(event.ends_at for event in page))
    query = f"{filters.query}&" if filters.query else ""
    return {"events": page, "query": query, "recent": recent}


def _page(
    public: "EventQuerySet", request: HttpRequest, filters: Filters, zone: str
) -> tuple[Page, list["EventPage"]]:
    """Return the page of the list, and a few of what has been to stand under it."""
    found = filters.in_time(public, zone).with_places_taken().select_related("cover_photo")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    recent = []
    if not filters.is_past:
        past = replace(filters, when=PAST, since="", free="").in_time(public)
        recent = list(past.with_places_taken().select_related("cover_photo")[:RECENT])
    page.object_list = list(page)
    prefetch_related_objects([*page.object_list, *recent], *ON_CARDS)  # once for both
    return page, recent


def kind_links(index: "EventIndexPage", request: HttpRequest) -> list[dict[str, Any]]:
    """Links for menus, some kinds and then all: title, url, current (as aria-current says it)."""
    here = request.path == index.get_url(request)
    links = [
        {
            "title": str(PLURALS[kind]),
            "language": language_of(_as_written(PLURALS[kind])),
            "url": _address(index, request, Filters(kind=kind.value)),
            "current": _current(request, kind.value, here=here),
        }
        for kind in IN_MENU
    ]
    all_events = {
        "title": _("All events"),
        "language": language_of("All events"),
        "url": _address(index, request, Filters()),
        "current": _current_of_all(request, here=here),
    }
    return [*links, all_events]


def _as_written(words: Any) -> str:
    """The words as the code has them."""
    with translation.override(OF_THE_CODE):
        return str(words)


def _current(request: HttpRequest, kind: str, *, here: bool) -> str:
    """What aria-current says: this very list, or the list an event on show belongs to."""
    if here:
        return "page" if request.GET.get("kind") == kind else ""
    return "true" if _kind_on_show(request) == kind else ""


def _current_of_all(request: HttpRequest, *, here: bool) -> str:
    """The same of the link to all events, which stands for kinds without a link of their own."""
    if here:
        return "" if request.GET.get("kind") in IN_MENU else "page"
    return "true" if _kind_on_show(request) not in {"", *IN_MENU} else ""


def _kind_on_show(request: HttpRequest) -> str:
    return getattr(request, "kind_of_event", "")


def mark_kind(request: HttpRequest, event: "EventPage") -> None:
    """Let the menu show which kind of event the reader is looking at."""
    request.__dict__["kind_of_event"] = event.kind


def _title(index: "EventIndexPage", filters: Filters) -> str:
    return str(PLURALS[EventKind(filters.kind)]) if filters.kind else index.title


def _ways_to_narrow(
    index: "EventIndexPage", request: HttpRequest, filters: Filters, cities: "list[City]"
) -> dict[str, Any]:
    """Return the links to other times, the filters that are links, and what was chosen."""
    times, *rows = _rows(index, request, filters, cities)
    chosen = chosen_links(*(row["links"] for row in rows))
    more = [
        {"label": label, "language": language, "url": _address(index, request, without)}
        for label, language, without in _chosen_in_the_form(filters)
    ]
    return {"times": times, "choices": rows, "chosen": [*chosen, *more]}


def _chosen_in_the_form(filters: Filters) -> Iterator[tuple[str, str, Filters]]:
    """Yield what it is called, in which language, and the filters without it."""
    if filters.language:
        yield own_name(filters.language), filters.language, replace(filters, language="")
    if day := read_day(filters.since):
        written = date_format(day)
        yield _("From %(day)s on") % {"day": written}, "", replace(filters, since="")
    if filters.free:
        yield _("Only with free places"), "", replace(filters, free="")


def _rows(
    index: "EventIndexPage", request: HttpRequest, filters: Filters, cities: "list[City]"
) -> list[dict[str, Any]]:
    """Return the filters that are links, a row of links each; the first is when they are."""
    kinds = [(kind.value, str(title)) for kind, title in PLURALS.items()]
    by_city = [(city.code, city.name) for city in cities]
    times = [(MONTH, _("Month by month")), (PAST, _("Past"))]
    rows = (
        ("when", _("When"), _("Coming"), times),
        ("kind", _("Kind"), _("All kinds"), kinds),
        ("city", _("City"), _("All cities"), by_city),
    )
    return [
        {"label": label, "links": _choices(index, request, filters, name, anything, options)}
        for name, label, anything, options in rows
    ]


def _choices(
    index: "EventIndexPage",
    request: HttpRequest,
    filters: Filters,
    name: str,
    anything: str,
    options: list[tuple[str, str]],
) -> list[dict[str, Any]]:
    """Return the links of one filter: the other filters stay as they are."""
    month = "" if name == "when" else filters.month
    return [
        {
            "label": label,
            "url": _address(index, request, replace(filters, **{"month": month, name: value})),
            "current": getattr(filters, name) == value,
        }
        for value, label in [("", anything), *options]
    ]


def _address(index: "EventIndexPage", request: HttpRequest, filters: Filters) -> str:
    path = index.get_url(request) or ""
    return f"{path}?{filters.query}" if filters.query else path
