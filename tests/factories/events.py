"""Events for tests: the smallest valid ones, a week from now, on Alder Bay's clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from events.models import (
    CharrettePage,
    EventIndexPage,
    EventPage,
    EventProvision,
    EventVenue,
    ProgrammeItem,
)
from partnership.cities.models import City
from partnership.pages.languages import CODES, localized
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, in_languages, make_site


def in_every_language(name: str, text: str) -> dict[str, str]:
    """The same words in every language: ``in_every_language("name", "Town hall")``."""
    return {localized(name, code): text for code in CODES}


def make_event_index() -> EventIndexPage:
    """The list of events, made once, at /en/events/ and /es/eventos/."""
    found = EventIndexPage.objects.first()
    if found is not None:
        return found
    titles = in_languages("title", en="Events", es="Eventos")
    slugs = {**in_languages("local_slug", en="events", es="eventos"), "slug": "events"}
    return add_page(make_site(), EventIndexPage, show_in_menus=True, **titles, **slugs)


def make_event(page_class: type[EventPage] = CharrettePage, **fields: Any) -> Any:
    """An event of that type, published; next week unless ``starts_at`` says otherwise."""
    index = make_event_index()
    alder, _puerto = city_pair()
    title = fields.pop("title", f"Event {EventPage.objects.count() + 1}")
    starts_at = fields.pop("starts_at", timezone.now() + timedelta(days=7))
    values = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
        "time_zone": alder.time_zone,
        **in_every_language("summary", "Come and draw."),
    }
    return add_page(index, page_class, title=title, **{**values, **fields})


def make_past_event(page_class: type[EventPage] = CharrettePage, **fields: Any) -> Any:
    """An event that was last week."""
    return make_event(page_class, starts_at=timezone.now() - timedelta(days=7), **fields)


def at(*parts: int) -> datetime:
    """An instant in UTC: ``at(2027, 5, 15, 9)``."""
    return datetime(*parts, tzinfo=UTC)


def add_venue(event: EventPage, city: City, name: str = "Town hall", **fields: Any) -> EventVenue:
    """A venue of the event in that city."""
    return EventVenue.objects.create(
        event_id=event.pk, city=city, **in_every_language("name", name), **fields
    )


def add_programme_item(event: EventPage, title: str = "Welcome", **fields: Any) -> ProgrammeItem:
    """A point of the programme, when the event starts."""
    values = {"starts_at": event.starts_at, **in_every_language("title", title)}
    return ProgrammeItem.objects.create(event_id=event.pk, **{**values, **fields})


def add_provision(event: EventPage, text: str = "Lift", **fields: Any) -> EventProvision:
    """Something done so that everyone can come."""
    return EventProvision.objects.create(
        event_id=event.pk, **in_every_language("text", text), **fields
    )
