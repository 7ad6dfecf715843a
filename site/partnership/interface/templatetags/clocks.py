"""Times on the clock of a city, by Django's format names, never strftime: ``{% load clocks %}``."""

import re
from collections.abc import Iterable, Sequence
from datetime import date as calendar_day
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import date as date_filter
from django.templatetags.tz import do_timezone
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partnership.cities import former
from partnership.cities.days import last_instant
from partnership.cities.models import City

register = template.Library()

#: How a language writes the day where it comes before the month: "26", "26.".
DAY_FIRST = re.compile(r"[jd]\.?")


@register.filter
def in_zone(value: datetime, zone: str) -> datetime:
    """The instant on the clock of a zone; ``|date`` and ``|time`` then leave it there."""
    local = do_timezone(value, zone)
    if not value.astimezone(ZoneInfo(zone)).fold:
        return local
    # Django forgets which of the two times a clock shows this reading is meant.
    second = local.replace(fold=1)
    second.convert_to_local_time = False
    return second


@register.filter
def clock(value: datetime, zone: str) -> SafeString:
    """The time of day in a zone, as a <time> element that names the instant."""
    local = in_zone(value, zone)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), date_filter(local, "TIME_FORMAT")
    )


@register.filter
def day(value: datetime, zone: str) -> SafeString:
    """The day in a zone, with the year, as a <time> element."""
    local = in_zone(value, zone)
    return format_html(
        '<time datetime="{}">{}</time>', local.date().isoformat(), date_filter(local, "DATE_FORMAT")
    )


@register.filter
def last_day(value: datetime, zone: str) -> SafeString:
    """The last day of what ends at this instant: of what ends at midnight the day before."""
    return day(last_instant(value), zone)


@register.filter(expects_localtime=True)
def as_day(value: calendar_day) -> SafeString:
    """A day on the calendar, with the year, as a <time> element that stays on one line."""
    written = date_filter(value, "DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written)


@register.filter
def day_near_us(value: datetime, zone: str) -> SafeString:
    """The same, without the year while it lasts."""
    local = in_zone(value, zone)
    if local.year != in_zone(timezone.now(), zone).year:
        return day(value, zone)
    written = date_filter(local, "MONTH_DAY_FORMAT")
    return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), written)


@register.filter
def weekday_and_day(value: calendar_day) -> str:
    """A day without its year as a heading: Friday 15 May, Viernes 15 de mayo."""
    weekday = date_filter(value, "l").capitalize()
    return f"{weekday} {date_filter(value, 'MONTH_DAY_FORMAT')}"


@register.filter
def with_weekday(value: calendar_day, written: str = "DATE_FORMAT") -> str:
    """A day with its year in a sentence: Friday 15 May 2026, viernes 15 de mayo de 2026."""
    return f"{date_filter(value, 'l')} {date_filter(value, written)}"


@register.filter
def on_own_clock(value: datetime, cities: Sequence[City]) -> datetime:
    """The instant on the clock of the reader's city, which is the first one in mails."""
    return in_zone(value, cities[0].time_zone) if cities else value


@register.filter
def there_at(cities: Iterable[City] | None, event: Any) -> list[City]:
    """The cities whose clocks tell of an event: ``cities|there_at:event``."""
    return former.there_at(event, cities or ())


@register.filter
def host_first(cities: Iterable[City], zone: str) -> list[City]:
    """The cities in their order, after those on the clock that the host's times are told on."""
    return sorted(cities, key=lambda city: city.time_zone != zone)


@register.simple_tag
def from_day_to_day(starts_at: datetime, ends_at: datetime, zone: str) -> SafeString:
    """From when to when, in days: 20–26 December, or both months where there are two."""
    first, last = in_zone(starts_at, zone), _last_reading(starts_at, ends_at, zone)
    return days_between(first.date(), last.date())


@register.simple_tag
def days_between(first: calendar_day, last: calendar_day) -> SafeString:
    """The same of two days on the calendar; a month that both share is named once."""
    written = date_filter(first, "MONTH_DAY_FORMAT")
    by_day = DAY_FIRST.match(formats.get_format("MONTH_DAY_FORMAT"))
    shared = by_day and (first.year, first.month) == (last.year, last.month)
    if by_day and shared:
        written = date_filter(first, by_day.group())
    return format_html(
        '<time datetime="{}">{}</time>{}<time datetime="{}">{}</time>',
        first.isoformat(),
        written,
        "–" if shared else " – ",
        last.isoformat(),
        date_filter(last, "MONTH_DAY_FORMAT"),
    )


@register.filter
def opens_on_days(venues: Iterable[Any] | None, city: City) -> bool:
    """Whether a venue of the city has days of its own, which tell more than the first and last."""
    return any(venue.has_days for venue in venues or () if venue.city_id == city.pk)


@register.filter
def day_and_time(value: datetime, zone: str) -> SafeString:
    """The day and the time of day in a zone, as a <time> element."""
    local = in_zone(value, zone)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), date_filter(local, "DATETIME_FORMAT")
    )


@register.simple_tag
def clock_times(
    starts_at: datetime, ends_at: datetime | None, zone: str, host_zone: str = ""
) -> SafeString:
    """From when to when in a zone: hours within one day, days when it lasts longer.

    With ``host_zone`` the days are told too where they differ from the host's.
    """
    first = in_zone(starts_at, zone)
    on_another_day = host_zone and first.date() != in_zone(starts_at, host_zone).date()
    if ends_at is None and on_another_day:
        return format_html('<span class="moment">{}</span>', _near_day_and_time(starts_at, zone))
    if ends_at is None:
        return clock(starts_at, zone)
    if first.date() == in_zone(ends_at, zone).date() and not on_another_day:
        return format_html("{}–{}", clock(starts_at, zone), clock(ends_at, zone))
    if first.date() == in_zone(ends_at, zone).date():
        return format_html("{}–{}", _near_day_and_time(starts_at, zone), clock(ends_at, zone))
    lines = [(_near_day_and_time(starts_at, zone),), (_near_day_and_time(ends_at, zone),)]
    return format_html_join(" – ", '<span class="moment">{}</span>', lines)


def _near_day_and_time(value: datetime, zone: str) -> SafeString:
    """The day without its year and the time of day, as a <time> element."""
    local = in_zone(value, zone)
    named = {
        "day": date_filter(local, "MONTH_DAY_FORMAT"),
        "time": date_filter(local, "TIME_FORMAT"),
    }
    text = _("%(day)s, %(time)s") % named
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), text)


@register.simple_tag
def on_clocks(instant: datetime, cities: Iterable[City]) -> SafeString:
    """One instant with its day, then the hour in each city; a day is named once.

    A comma stands in the piece it closes: else a browser begins a line with it.
    """
    days: dict[SafeString, list[tuple[SafeString, str]]] = {}
    for city in cities:
        days.setdefault(day(instant, city.time_zone), []).append(
            (clock(instant, city.time_zone), city.name)
        )
    return format_html_join("; ", "{} {}", [(_kept(on), _hours(at)) for on, at in days.items()])


def _kept(on: SafeString) -> SafeString:
    return format_html('<span class="kept-whole">{},</span>', on)


def _hours(found: Sequence[tuple[SafeString, str]]) -> SafeString:
    """The hours of one day, each with its city."""
    last = len(found) - 1
    pieces = [(hour, name, "," if place < last else "") for place, (hour, name) in enumerate(found)]
    return format_html_join(" ", '<span class="moment">{} {}{}</span>', pieces)


@register.simple_tag
def gate_days(starts_at: datetime, ends_at: datetime | None, zone: str) -> str:
    """The number on a date gate: 15, or 12–13 when it ends in the same month."""
    first = in_zone(starts_at, zone)
    last = _last_reading(starts_at, ends_at or starts_at, zone)
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and first.day != last.day:
        return f"{first.day}–{last.day}"
    return str(first.day)


@register.simple_tag
def gate_note(starts_at: datetime, ends_at: datetime | None, zone: str, weekday: bool) -> str:
    """Under the number on a date gate: the year when it is another one, else the weekday.

    A weekday is named on request, and only when there is one.
    """
    first = in_zone(starts_at, zone)
    if first.year != in_zone(timezone.now(), zone).year:
        return str(first.year)
    if weekday and not lasts_days(starts_at, ends_at, zone):
        return date_filter(first, "l")
    return ""


@register.simple_tag
def lasts_days(starts_at: datetime, ends_at: datetime | None, zone: str) -> bool:
    """Whether it ends on another day than it starts, in a zone."""
    if ends_at is None:
        return False
    return in_zone(starts_at, zone).date() != _last_reading(starts_at, ends_at, zone).date()


def _last_reading(starts_at: datetime, ends_at: datetime, zone: str) -> datetime:
    """What the clock shows while it is still on; of what takes no time, when that is."""
    return in_zone(max(starts_at, last_instant(ends_at)), zone)
