"""The list of events: what a reader may ask to see, and the links that ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import EventKind
from events.presenting import ancestors
from events.querysets import ON_CARDS
from partnership.cities.models import City
from partnership.interface.context import cities as shown_cities
from partnership.interface.context import once
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from events.models import EventIndexPage, EventPage
    from events.querysets import EventQuerySet

PER_PAGE = 12
PAST = "past"
#: Under a list that is not long, the latest of what has been.
RECENT = 3

PLURALS = {
    EventKind.EXCHANGE: gettext_lazy("Exchanges"),
    EventKind.FESTIVAL: gettext_lazy("Festivals"),
    EventKind.CHARRETTE: gettext_lazy("Charrettes"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asked to see; anything unknown counts as not asked."""

    kind: str = ""
    city: str = ""
    when: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], cities: Iterable[City]) -> "Filters":
        """Read them from the address."""
        known = {
            "kind": set(EventKind.values),
            "city": {city.code for city in cities},
            "when": {PAST},
        }
        asked = {name: query.get(name, "") for name in known}
        return cls(**{name: value for name, value in asked.items() if value in known[name]})

    @property
    def query(self) -> str:
        """The query string that asks for this, without the question mark."""
        asked = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return urlencode(asked)

    @property
    def is_past(self) -> bool:
        """Whether it is about events that are over."""
        return self.when == PAST

    def narrow(self, events: "EventQuerySet") -> "EventQuerySet":
        """Return those of the (public) events that were asked for, past or coming."""
        in_time = events.over() if self.is_past else events.ahead()
        return in_time.of_kind(self.kind or None).in_city(self.city or None)


def listing_context(index: "EventIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Everything the list shows, in a number of queries that never grows."""
    cities = once(request, shown_cities)
    filters = Filters.from_query(request.GET, cities)
    page, recent = _events(index, request, filters)
    if not filters.is_past:
        # The list changes when one of these is over.
        fresh_until(request, *(event.ends_at for event in page))
    by_city = [(city.code, city.name) for city in cities]
    rows = (
        ("kind", _("Kind"), _("All kinds"), _kinds()),
        ("city", _("City"), _("All cities"), by_city),
        ("when", _("When"), _("Coming"), [(PAST, _("Past"))]),
    )
    return {
        "ancestors": ancestors(index),
        "filters": filters,
        "title": _title(index, filters),
        "choices": [
            {"label": label, "links": _choices(index, request, filters, name, anything, options)}
            for name, label, anything, options in rows
        ],
        "events": page,
        "query": f"{filters.query}&" if filters.query else "",
        "recent": recent,
        "past_url": _address(index, request, replace(filters, when=PAST)),
    }


def _events(
    index: "EventIndexPage", request: HttpRequest, filters: Filters
) -> tuple[Page, list["EventPage"]]:
    """Return the page of the list, and a few of what has been to stand under it."""
    events = apps.get_model("events", "EventPage").objects.child_of(index).public_events()
    found = filters.narrow(events).with_places_taken().select_related("cover_photo")
    shown = Paginator(found, PER_PAGE)
    page = shown.get_page(request.GET.get("page"))
    recent = []
    if not filters.is_past:
        past = replace(filters, when=PAST).narrow(events).with_places_taken()
        recent = list(past.select_related("cover_photo")[:RECENT])
    page.object_list = list(page)
    prefetch_related_objects([*page.object_list, *recent], *ON_CARDS)  # once for both
    return page, recent


def kind_links(index: "EventIndexPage", request: HttpRequest) -> list[dict[str, Any]]:
    """One link per kind of event, for menus: title, url, current (as aria-current says it)."""
    here = request.path == index.get_url(request)
    return [
        {
            "title": title,
            "url": _address(index, request, Filters(kind=kind)),
            "current": _current(request, kind, here=here),
        }
        for kind, title in _kinds()
    ]


def _current(request: HttpRequest, kind: str, *, here: bool) -> str:
    """What aria-current says: this very list, or the list an event on show belongs to."""
    if here:
        return "page" if request.GET.get("kind") == kind else ""
    return "true" if getattr(request, "kind_of_event", "") == kind else ""


def mark_kind(request: HttpRequest, event: "EventPage") -> None:
    """Let the menu show which kind of event the reader is looking at."""
    request.__dict__["kind_of_event"] = event.kind


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(title)) for kind, title in PLURALS.items()]


def _title(index: "EventIndexPage", filters: Filters) -> str:
    return str(PLURALS[EventKind(filters.kind)]) if filters.kind else index.title


def _choices(
    index: "EventIndexPage",
    request: HttpRequest,
    filters: Filters,
    name: str,
    anything: str,
    options: list[tuple[str, str]],
) -> list[dict[str, Any]]:
    """Return the links of one filter: the other filters stay as they are."""
    return [
        {
            "label": label,
            "url": _address(index, request, replace(filters, **{name: value})),
            "current": getattr(filters, name) == value,
        }
        for value, label in [("", anything), *options]
    ]


def _address(index: "EventIndexPage", request: HttpRequest, filters: Filters) -> str:
    path = index.get_url(request) or ""
    return f"{path}?{filters.query}" if filters.query else path
