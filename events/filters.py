"""What a reader may ask to see of the events, and the address that asks for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.enums import EventKind
from partnership.cities.models import City
from partnership.pages.languages import CODES

if TYPE_CHECKING:
    from events.querysets import EventQuerySet

PAST, MONTH = "past", "month"
MONTH_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
#: What a feed or calendar can be made of.
LASTING = ("kind", "city", "language")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asked to see; anything unknown counts as not asked.

    ``when`` is "", "past" or "month"; ``month`` is 2027-05, ``since`` 2027-05-15.
    """

    kind: str = ""
    city: str = ""
    language: str = ""
    when: str = ""
    month: str = ""
    since: str = ""
    free: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], cities: Iterable[City]) -> "Filters":
        """Read them from the address."""
        known = {
            "kind": set(EventKind.values),
            "city": {city.code for city in cities},
            "language": set(CODES),
            "when": {PAST, MONTH},
            "free": {"1"},
        }
        asked = {name: query.get(name, "") for name in known}
        chosen = {name: value for name, value in asked.items() if value in known[name]}
        if MONTH_WRITTEN.fullmatch(query.get("month", "")):
            chosen["month"] = query["month"]
        if read_day(query.get("since", "")):
            chosen["since"] = query["since"]
        return cls(**chosen)

    @property
    def query(self) -> str:
        """The query string that asks for this, without the question mark."""
        return urlencode(self.asked)

    @property
    def asked(self) -> dict[str, str]:
        """What was asked, by name."""
        names = [field.name for field in fields(self)]
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    @property
    def lasting(self) -> "Filters":
        """What of it still means the same next year."""
        return Filters(**{name: getattr(self, name) for name in LASTING})

    @property
    def is_past(self) -> bool:
        """Whether it is about events that are over."""
        return self.when == PAST

    @property
    def is_month(self) -> bool:
        """Whether it is about one month."""
        return self.when == MONTH

    @property
    def is_narrow(self) -> bool:
        """Whether more was asked than a time."""
        return any(name not in {"when", "month"} for name in self.asked)

    def narrow(self, events: "EventQuerySet", zone: str = "UTC") -> "EventQuerySet":
        """Return those of the (public) events that were asked for, whenever they are."""
        found = events.of_kind(self.kind or None).in_city(self.city or None)
        found = found.held_in(self.language or None)
        if day := read_day(self.since):
            found = found.filter(ends_at__gte=datetime.combine(day, time(), ZoneInfo(zone)))
        return found.taking_people() if self.free else found

    def in_time(self, events: "EventQuerySet", zone: str = "UTC") -> "EventQuerySet":
        """The same, past or coming."""
        found = self.narrow(events, zone)
        return found.over() if self.is_past else found.ahead()

    def first_of_month(self, zone: str = "UTC") -> date:
        """Return the first day of the month that was asked for, or of this one on that clock."""
        if not self.month:
            return today_on(zone).replace(day=1)
        year, month = self.month.split("-")
        return date(int(year), int(month), 1)


def today_on(zone: str) -> date:
    """Return the day it is on that clock."""
    return timezone.now().astimezone(ZoneInfo(zone)).date()


def read_day(text: str) -> date | None:
    """Return the day written as 2027-05-15; None when it is none, or none of our century."""
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
