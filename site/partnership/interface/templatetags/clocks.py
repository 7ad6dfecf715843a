"""Times on the clock of a city, by Django's format names, never strftime: ``{% load clocks %}``."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.template.defaultfilters import date as date_filter
from django.templatetags.tz import do_timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


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
def month_day(value: datetime, zone: str) -> SafeString:
    """The day in a zone without the year, as a <time> element."""
    local = in_zone(value, zone)
    text = date_filter(local, "MONTH_DAY_FORMAT")
    return format_html('<time datetime="{}">{}</time>', local.date().isoformat(), text)


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
    if ends_at is None:
        return clock(starts_at, zone)
    first, last = in_zone(starts_at, zone), in_zone(ends_at, zone)
    same_day = first.date() == last.date()
    if host_zone and first.date() != in_zone(starts_at, host_zone).date():
        same_day = False
    show = clock if same_day else day_and_time
    return format_html("{}–{}", show(starts_at, zone), show(ends_at, zone))


@register.simple_tag
def gate_days(starts_at: datetime, ends_at: datetime | None, zone: str) -> str:
    """The number on a date gate: 15, or 12–13 when it ends in the same month."""
    first = in_zone(starts_at, zone)
    last = in_zone(ends_at or starts_at, zone)
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and first.day != last.day:
        return f"{first.day}–{last.day}"
    return str(first.day)


@register.simple_tag
def lasts_days(starts_at: datetime, ends_at: datetime | None, zone: str) -> bool:
    """Whether it ends on another day than it starts, in a zone."""
    if ends_at is None:
        return False
    return in_zone(starts_at, zone).date() != in_zone(ends_at, zone).date()
