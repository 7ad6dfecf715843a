"""A month of events, day by day: a table on wide screens, a list on a phone."""

import calendar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from events.filters import MONTH, Filters, today_on
from partnership.cities.days import last_instant

if TYPE_CHECKING:
    from events.models import EventPage
    from events.querysets import EventQuerySet

#: What lasts longer stands above the days, or it would fill them all.
LONG = timedelta(days=7)
#: The widest difference of a clock from UTC.
CLOCKS_APART = timedelta(hours=14)


@dataclass
class Day:
    """One day and what is on; days of the months beside it are there to fill the week."""

    date: date
    is_of_month: bool
    is_today: bool
    events: "list[EventPage]" = field(default_factory=list)


@dataclass
class Month:
    """The weeks of a month, Monday first, and what goes on for long."""

    first: date
    weeks: list[list[Day]]
    long: "list[EventPage]"

    @property
    def days(self) -> list[Day]:
        """The days of this month on which something is."""
        return [day for week in self.weeks for day in week if day.is_of_month and day.events]

    @property
    def events(self) -> "list[EventPage]":
        """Everything that stands in it, each once."""
        on_days = {event.pk: event for day in self.days for event in day.events}
        return [*self.long, *on_days.values()]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on."""
        return not self.days and not self.long


def month_of(events: "EventQuerySet", filters: Filters, zone: str = "UTC") -> Month:
    """Return the month that was asked for; each event stands on its own clock's days.

    Which day is today is told on the clock of ``zone``: that of the reader's first city.
    """
    first, today = filters.first_of_month(zone), today_on(zone)
    following = _next(first)
    on_then = events.overlapping(
        _midnight(first) - CLOCKS_APART, _midnight(following) + CLOCKS_APART
    )
    found = list(on_then.with_places_taken())
    long = [one for one in found if one.ends_at - one.starts_at > LONG]
    long = [one for one in long if _last_day(one) >= first and _first_day(one) < following]
    weeks = [
        [Day(day, day.month == first.month, day == today) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    by_date = {day.date: day for week in weeks for day in week}
    for event in found:
        if event not in long:
            _put(event, by_date, first)
    return Month(first, weeks, long)


def months_around(events: "EventQuerySet", filters: Filters, zone: str = "UTC") -> dict[str, Any]:
    """Return the month before and after as filters, as far as there are events or today.

    Each event counts on the days of its own clock, as in its month.
    """
    first, today = filters.first_of_month(zone), today_on(zone)
    clocks = events.order_by().values_list("time_zone")
    days = [today]
    for name, begin, end in clocks.annotate(Min("starts_at"), Max("ends_at")):
        clock = ZoneInfo(name or "UTC")
        days += [_day(begin, clock), _day(last_instant(end), clock)]
    before, after = (first - timedelta(days=1)).replace(day=1), _next(first)
    return {
        "before": _asking(filters, before) if first > min(days) else None,
        "after": _asking(filters, after) if after <= max(days) else None,
    }


def _asking(filters: Filters, first: date) -> Filters:
    return replace(filters, when=MONTH, month=f"{first:%Y-%m}")


def _put(event: "EventPage", by_date: dict[date, Day], first: date) -> None:
    day = _first_day(event)
    while day <= _last_day(event):
        if day in by_date and day.month == first.month:
            by_date[day].events.append(event)
        day += timedelta(days=1)


def _first_day(event: "EventPage") -> date:
    return _day(event.starts_at, event.zone)


def _last_day(event: "EventPage") -> date:
    """Return the last day something is on."""
    return _day(last_instant(event.ends_at), event.zone)


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
