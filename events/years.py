"""The years events are in: a day outside them is a slip of the pen."""

from datetime import date

from partnership.cities import days

FIRST, LAST = days.FIRST, days.LAST


def within(day: date) -> date:
    """Return the day, or the nearest one that is within these years."""
    return min(max(day, date(FIRST, 1, 1)), date(LAST, 12, 31))
