"""Numbers, days and points as people type them."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from consultations.models import Question
from consultations.refusals import DayNotUnderstood, NumberNotUnderstood, PointNotUnderstood

#: A comma or a point before at most two decimals: three digits behind it would be thousands.
NUMBER = re.compile(r"([+\-\u2212]?)([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
DEGREES = r"([+\-\u2212]?[0-9]{1,3}(?:[.,][0-9]{1,15})?)"
POINT = re.compile(rf"{DEGREES}(?:\s*[;/]\s*|\s*,\s+|\s+){DEGREES}")
POINT_WITH_POINTS = re.compile(
    r"([+\-\u2212]?[0-9]{1,3}(?:\.[0-9]{1,15})?),([+\-\u2212]?[0-9]{1,3}(?:\.[0-9]{1,15})?)"
)
#: About a metre.
DECIMALS = 5
PLACES = Decimal(10) ** -DECIMALS


def read_number(question: Question, value: Any) -> int | float:
    """Return the number, whole where it is; within the question's bounds.

    Raises NumberNotUnderstood, which says what would be.
    """
    found = NUMBER.fullmatch(re.sub(r"\s", "", str(value)))
    if found is None:
        raise NumberNotUnderstood(question)
    sign, whole, decimals = found.groups()
    number = Decimal(f"{'' if sign in ('', '+') else '-'}{whole}.{decimals or 0}")
    low, high = question.number_min, question.number_max
    if (low is not None and number < low) or (high is not None and number > high):
        raise NumberNotUnderstood(question)
    return int(number) if number == int(number) else float(number)


def read_day(question: Question, value: Any) -> str:
    """Return the day as 2027-05-31. Raises DayNotUnderstood."""
    text = str(value).strip()
    try:
        day = date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        raise DayNotUnderstood(field=question.identifier)
    return day.isoformat()


def read_point(text: str, *, field: str) -> tuple[Decimal, Decimal]:
    """Return latitude and longitude, about a metre exact. Raises PointNotUnderstood."""
    text = text.strip()
    found = POINT_WITH_POINTS.fullmatch(text) or POINT.fullmatch(text)
    if found is None:
        raise PointNotUnderstood(field=field)
    latitude, longitude = (_degrees(part) for part in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise PointNotUnderstood(field=field)
    return latitude, longitude


def _degrees(text: str) -> Decimal:
    return Decimal(text.replace(",", ".").replace("\u2212", "-")).quantize(PLACES)
