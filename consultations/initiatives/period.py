"""How far something is on its way from one day to another: in words, and as a share."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when, how far that is today, and what part of it has passed in per cent.

    ``share`` is None where no last day is set.
    """

    words: str
    progress: str
    share: float | None


def period_of(first: date, last: date | None, today: date) -> Period:
    """Tell a period; the last day belongs to it."""
    words = {"first": date_format(first), "last": date_format(last) if last else ""}
    if last is None:
        told = _("From %(first)s on, with no end set") % words
        return Period(told, _progress(first, None, today), None)
    told = _("From %(first)s to %(last)s") % words
    whole = (last - first).days + 1
    passed = min(max((today - first).days + 1, 0), whole)
    return Period(told, _progress(first, last, today), 100 * passed / whole)


def _progress(first: date, last: date | None, today: date) -> str:
    """Year 2 of 4; of what is shorter months or days."""
    if today < first:
        return _("It has not begun yet")
    if last is None:
        return _("Year %(number)s") % {"number": months_between(first, today) // MONTHS + 1}
    if today > last:
        return _("It is over")
    end = last + timedelta(days=1)
    months = months_between(first, end)
    months += _months_later(first, months) < end
    if months > MONTHS:
        number = months_between(first, today) // MONTHS + 1
        said = {"number": number, "all": -(-months // MONTHS)}
        return _("Year %(number)s of %(all)s") % said
    if months > 1:
        said = {"number": months_between(first, today) + 1, "all": months}
        return _("Month %(number)s of %(all)s") % said
    said = {"number": (today - first).days + 1, "all": (end - first).days}
    return _("Day %(number)s of %(all)s") % said


def months_between(first: date, last: date) -> int:
    """How many whole months lie between two days."""
    months = (last.year - first.year) * MONTHS + last.month - first.month
    return months - (_months_later(first, months) > last)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; where that month is too short, its last day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
