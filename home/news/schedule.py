"""When issues leave: Thursdays at eight, on the clock of each reader's city."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from home.news.enums import Rhythm

THURSDAY, HOUR, WEEK = 3, time(8), timedelta(days=7)


def instant(day: date, zone: str) -> datetime:
    """Return when the issue of a day leaves in that zone."""
    return datetime.combine(day, HOUR, ZoneInfo(zone))


def last_day(now: datetime, zone: str, rhythm: str) -> date:
    """Return the day of the last issue whose hour has come there."""
    today = now.astimezone(ZoneInfo(zone)).date()
    day = today - timedelta(days=(today.weekday() - THURSDAY) % 7)
    if instant(day, zone) > now:
        day -= WEEK
    return _of_rhythm(day, rhythm, -WEEK)


def day_before(day: date, rhythm: str) -> date:
    """Return the day of the issue before that of a day."""
    return _of_rhythm(day - WEEK, rhythm, -WEEK)


def day_after(day: date, rhythm: str) -> date:
    """Return the day of the issue after that of a day."""
    return _of_rhythm(day + WEEK, rhythm, WEEK)


def _of_rhythm(day: date, rhythm: str, step: timedelta) -> date:
    """The day itself, or from there on the first that is the first Thursday of its month."""
    while rhythm == Rhythm.MONTHLY and day.day > WEEK.days:
        day += step
    return day
