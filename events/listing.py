"""The list of events: what a reader may ask to see, and the links that ask for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import EventKind
from events.presenting import ancestors
from partnership.cities.models import City
from partnership.serving import fresh_until

if TYPE_CHECKING:
    from events.models import EventIndexPage
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
        """Return those of the events that were asked for, past or coming."""
        in_time = events.past() if self.is_past else events.upcoming()
        return in_time.of_kind(self.kind or None).in_city(self.city or None)


def listing_context(index: "EventIndexPage", request: HttpRequest) -> dict[str, Any]:
    """Everything the list shows, in a number of queries that never grows."""
    events = apps.get_model("events", "EventPage").objects.child_of(index)
    cities = list(City.objects.all())
    filters = Filters.from_query(request.GET, cities)
    shown = Paginator(filters.narrow(events).for_cards(), PER_PAGE)
    page = shown.get_page(request.GET.get("page"))
    recent = replace(filters, when=PAST).narrow(events).for_cards()[:RECENT]
    if not filters.is_past:
        # The list changes when one of these is over.
        fresh_until(request, *(event.ends_at for event in page))
    return {
        "ancestors": ancestors(index),
        "filters": filters,
        "title": _title(index, filters),
        "kind_choices": _choices(index, request, filters, "kind", _kinds(), _("All kinds")),
        "city_choices": _choices(
            index, request, filters, "city", [(c.code, c.name) for c in cities], _("All cities")
        ),
        "when_choices": _choices(index, request, filters, "when", [(PAST, _("Past"))], _("Coming")),
        "events": page,
        "query": f"{filters.query}&" if filters.query else "",
        "recent": [] if filters.is_past else list(recent),
        "past_url": _address(index, request, replace(filters, when=PAST)),
    }


def kind_links(index: "EventIndexPage", request: HttpRequest) -> list[dict[str, Any]]:
    """One link per kind of event, for menus: title, url, current (as aria-current says it)."""
    here = request.path == index.get_url(request)
    return [
        {
            "title": title,
            "url": _address(index, request, Filters(kind=kind)),
            "current": "page" if here and request.GET.get("kind") == kind else "",
        }
        for kind, title in _kinds()
    ]


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(title)) for kind, title in PLURALS.items()]


def _title(index: "EventIndexPage", filters: Filters) -> str:
    return str(PLURALS[EventKind(filters.kind)]) if filters.kind else index.title


def _choices(
    index: "EventIndexPage",
    request: HttpRequest,
    filters: Filters,
    name: str,
    options: list[tuple[str, str]],
    anything: str,
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
