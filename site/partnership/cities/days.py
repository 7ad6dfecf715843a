"""Days that somebody can mean: a day outside these years is a slip of the pen."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

FIRST, LAST = 1900, 2099
SLIP = _("Nobody can mean this day: check the year.")


def last_instant(end: datetime) -> datetime:
    """Return the last instant before an end: what ends at midnight is not on the next day."""
    return end - timedelta(microseconds=1)


def is_meant(day: date) -> bool:
    """Whether somebody can mean this day."""
    return FIRST <= day.year <= LAST


def refuse_slips(form: Any, *names: str) -> None:
    """Say so beside each of these days of the form that nobody can mean."""
    for name in names:
        day = form.cleaned_data.get(name)
        if day is not None and not is_meant(day):
            form.add_error(name, SLIP)
