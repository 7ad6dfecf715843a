"""The handover pack: what whoever comes next must know, as one file in every language.

It is a data package (``partnership.tables.packages``) with a page to read in each language. For
the same day the same data makes the same bytes. Of people it holds names and roles of staff
only, so it is for administrators.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.models import ConsultationPage
from consultations.roadmap.enums import OUTSTANDING, CommitmentStatus
from consultations.roadmap.models import Commitment
from events.models import EventPage
from home.continuity import handed_on
from home.continuity.enums import InstrumentKind
from home.continuity.models import Instrument, StatusChange
from home.models import PartnershipSettings
from partnership import continuity
from partnership.cities.models import City
from partnership.pages.languages import CODES, localized
from partnership.people.models import Resident
from partnership.tables.columns import Column, Table, columns_in_every_language
from partnership.tables.packages import Described, PackedFile, as_package

#: Grows when a column is taken away, renamed or means something else.
SCHEMA_VERSION = "2"


def pack(today: date) -> Iterator[bytes]:
    """Return the zip as of this day, piece by piece."""
    titles = {code: _in(code, _title) for code in CODES}
    described = Described(
        name="handover",
        titles=titles,
        created=_beginning(today),
        version=SCHEMA_VERSION,
        about={"schema_version": SCHEMA_VERSION, "day": today.isoformat(), "titles": titles},
        licences={},
        readme=_readme,
        pages={f"index.{code}.html": _index(code, today) for code in CODES},
        is_for_spreadsheets=True,
    )
    return as_package(described, tables_of(today))


def _title() -> str:
    return _("Handover pack")


def _in(code: str, say: Any) -> str:
    with translation.override(code):
        return str(say())


def _readme(code: str, files: list[PackedFile]) -> str:
    with translation.override(code):
        return render_to_string("continuity/handover.txt", {"files": files, "code": code})


def _index(code: str, today: date) -> bytes:
    """The page to read; it needs no other file."""
    with translation.override(code):
        cities = list(City.objects.all())
        context = {
            "day": today,
            "site": settings.BASE_URL,
            "bond": PartnershipSettings.load(),
            "history": StatusChange.objects.made(),
            "instruments": Instrument.objects.select_related("city"),
            "promises": open_promises(),
            "piles": [(check, each) for check, each in continuity.concerns(today).items()],
            "shelves": [{"city": city, "staff": staff_of(city)} for city in cities],
            "consultations": open_consultations(today),
            "events": events_to_come(today),
            "more": handed_on.in_words(today),
            "database": connection.vendor,
        }
        return render_to_string("continuity/handover.html", context).encode()


# What is in it ----------------------------------------------------------------------------


def open_promises() -> QuerySet[Commitment]:
    """Promises of published roadmaps that are still to keep, those that are due first in front."""
    found = Commitment.objects.filter(roadmap__live=True, status__in=OUTSTANDING)
    return found.select_related("roadmap").prefetch_related("led_by").in_order()


def staff_of(city: City) -> list[dict[str, Any]]:
    """Who works for a city, and the groups they are in; no addresses."""
    people = Resident.objects.filter(is_staff=True, is_active=True, edits_for=city)
    return [_person(one) for one in people.prefetch_related("groups").order_by("pk")]


def _person(person: Resident) -> dict[str, Any]:
    groups = sorted(group.name for group in person.groups.all())
    roles = [_("Administrator"), *groups] if person.is_superuser else groups
    return {"name": person.get_full_name(), "roles": roles}


def open_consultations(today: date) -> QuerySet[ConsultationPage]:
    """Published consultations that had not closed when the day began."""
    unclosed = ConsultationPage.objects.live().filter(closes_at__gt=_beginning(today))
    return unclosed.select_related("lead_city").order_by("closes_at", "pk")


def events_to_come(today: date) -> QuerySet[EventPage]:
    """Published events that were not over when the day began, the next one first."""
    events = EventPage.objects.live().filter(ends_at__gt=_beginning(today))
    return events.order_by("starts_at", "pk")


def _beginning(today: date) -> datetime:
    return datetime.combine(today, time.min, tzinfo=UTC)


# The lists --------------------------------------------------------------------------------


def tables_of(today: date) -> list[Table]:
    """Return the lists of the pack."""
    city, checks = _city(), tuple((each.name, each.heading) for each in continuity.checks())
    overdue = (Column("check", gettext_lazy("Check"), values=checks), *_OVERDUE)
    return [
        Table(
            "instruments",
            (city, *_INSTRUMENTS),
            _instrument_rows,
            gettext_lazy("Law and agreements"),
        ),
        Table("promises", _PROMISES, _promise_rows, gettext_lazy("Promises to keep")),
        Table("overdue", overdue, lambda: _overdue_rows(today), gettext_lazy("Overdue")),
        Table("staff", (city, *_STAFF), _staff_rows, gettext_lazy("Who works for which city")),
        Table("open", _OPEN, lambda: _open_rows(today), gettext_lazy("Open now and to come")),
        *handed_on.tables(city, today),
    ]


def _city() -> Column:
    return Column("city", gettext_lazy("City"), values=_names())


def _names() -> tuple[tuple[str, str], ...]:
    """The cities by their codes."""
    return tuple((city.code, lazy(city.__str__, str)()) for city in City.objects.all())


_TITLE = columns_in_every_language("title", gettext_lazy("Title"))
_INSTRUMENTS = (
    Column("kind", gettext_lazy("Kind"), values=tuple(InstrumentKind.choices)),
    Column("reference", gettext_lazy("Number")),
    Column("adopted_on", gettext_lazy("Adopted on"), "date"),
    Column("valid_from", gettext_lazy("Valid from"), "date"),
    Column("valid_until", gettext_lazy("Valid until"), "date"),
    Column("ended_on", gettext_lazy("Repealed or replaced on"), "date"),
    *_TITLE,
    *columns_in_every_language("binds", gettext_lazy("What it binds")),
)
_PROMISES = (
    Column("year", gettext_lazy("Year"), "integer"),
    Column("number", gettext_lazy("Number"), "integer"),
    Column("led_by", gettext_lazy("Led by")),
    Column("status", gettext_lazy("Status"), values=tuple(CommitmentStatus.choices)),
    Column("due_on", gettext_lazy("Due on"), "date"),
    *_TITLE,
)
_OVERDUE = (
    Column("due", gettext_lazy("Due on"), "date"),
    Column("cities", gettext_lazy("Cities")),
    *columns_in_every_language("words", gettext_lazy("What is overdue")),
)
_STAFF = (
    Column("name", gettext_lazy("Name")),
    *columns_in_every_language("roles", gettext_lazy("Roles")),
)
_OPENED = (("consultation", gettext_lazy("Consultation")), ("event", gettext_lazy("Event")))
_OPEN = (
    Column("kind", gettext_lazy("Kind"), values=_OPENED),
    Column("from", gettext_lazy("From"), "datetime"),
    Column("until", gettext_lazy("Until"), "datetime"),
    *_TITLE,
)


def _texts(thing: Any, name: str) -> list[str]:
    return [getattr(thing, localized(name, code)) or "" for code in CODES]


def _instrument_rows() -> Iterator[tuple[Any, ...]]:
    names = ("kind", "reference", "adopted_on", "valid_from", "valid_until", "ended_on")
    for one in Instrument.objects.select_related("city"):
        facts = (getattr(one, name) for name in names)
        yield (one.city.code, *facts, *_texts(one, "title"), *_texts(one, "binds"))


def _promise_rows() -> Iterator[tuple[Any, ...]]:
    for one in open_promises():
        led_by = "|".join(city.code for city in one.led_by.all())
        facts = (one.roadmap.year, one.number, led_by, one.status, one.due_on)
        yield (*facts, *_texts(one, "title"))


def _overdue_rows(today: date) -> Iterator[tuple[Any, ...]]:
    """The checks say the same things in each language, in the same order."""
    said = []
    for code in CODES:
        with translation.override(code):
            found = continuity.concerns(today)
            said.append([(check, each) for check, some in found.items() for each in some])
    for same in zip(*said, strict=True):
        check, one = same[0]
        cities = "|".join(city.code for city in one.cities)
        yield (check.name, one.due, cities, *(each.words for _check, each in same))


def _staff_rows() -> Iterator[tuple[Any, ...]]:
    """Each person, whatever language the pack was asked for in."""
    for city in City.objects.all():
        said = []
        for code in CODES:
            with translation.override(code):
                said.append(staff_of(city))
        for same in zip(*said, strict=True):
            yield city.code, same[0]["name"], *("|".join(one["roles"]) for one in same)


def _open_rows(today: date) -> Iterator[tuple[Any, ...]]:
    for page in open_consultations(today):
        yield _row("consultation", page, page.opens_at, page.closes_at)
    for event in events_to_come(today):
        yield _row("event", event, event.starts_at, event.ends_at)


def _row(kind: str, page: Any, first: datetime, last: datetime) -> tuple[Any, ...]:
    when = (instant.astimezone(UTC).isoformat(timespec="seconds") for instant in (first, last))
    return (kind, *when, *_texts(page, "title"))
