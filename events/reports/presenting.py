"""What readers see of a closing report, and the day it is expected by."""

import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.enums import EventKind
from events.models import EventPage
from events.reports.fields import ELSEWHERE
from events.reports.models import report_due_on
from events.reports.querysets import NOT_HAPPENED
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP, masked_parts
from partnership.pages.small_pictures import small_picture, with_small_picture

PICTURE_SIZE = "fill-640x420"
LINK = re.compile(r"^(?P<words>(?:.*\S)?)\s*(?P<url>https?://\S+)$")


def report_context(event: EventPage, cities: list[City]) -> dict[str, Any]:
    """The report, once it is published; before, the day it is expected by."""
    report = getattr(event, "report", None)
    if report is None or not report.is_published:
        return {"report": None, **_expected(event)}
    pictures = with_small_picture(report.pictures.all(), "photo", PICTURE_SIZE)
    return {
        "report": report,
        **attendance_context(report.attendance, cities),
        "organisations": lines(report.organisations),
        "decisions": lines(report.decisions),
        "links": links(report.links),
        "pictures": [
            {"row": row, "image": small_picture(row, "photo", PICTURE_SIZE)} for row in pictures
        ],
    }


def owes_report(event: EventPage) -> bool:
    """Whether its page tells what came of it, or by when; a drill has a review instead."""
    has_been = event.is_over and event.event_status not in NOT_HAPPENED
    return has_been and event.kind != EventKind.DRILL


def _expected(event: EventPage) -> dict[str, Any]:
    if not owes_report(event):
        return {}
    due_on = report_due_on(event)
    return {"due_on": due_on, "is_late": due_on < _today(event)}


def _today(event: EventPage) -> date:
    return timezone.now().astimezone(ZoneInfo(event.time_zone)).date()


def attendance_context(came: dict[str, int], cities: list[City]) -> dict[str, Any]:
    """Return who came from each city and in all; None for what is too small to be told."""
    people = sum(came.values())
    known = [(city, came.get(city.code, 0)) for city in cities]
    counted = [*known, (None, came.get(ELSEWHERE, 0))]
    hidden = masked_parts({_key(city): number for city, number in counted})
    rows = [
        {"city": city, "people": None if _key(city) in hidden and number else number}
        for city, number in counted
    ]
    shown = [row for row in rows if row["people"] != 0 or row["city"]] if people else []
    return {"attendance": shown, "people": people if people >= SMALLEST_GROUP else None}


def _key(city: City | None) -> str:
    return city.code if city else ELSEWHERE


def lines(text: Any) -> list[str]:
    """Return the lines of a text in which something is written."""
    return [line.strip() for line in str(text or "").splitlines() if line.strip()]


def links(text: Any) -> list[dict[str, str]]:
    """Return words and address of every line that ends in an address."""
    found = (LINK.match(line) for line in lines(text))
    return [{"label": m["words"].rstrip(":") or m["url"], "url": m["url"]} for m in found if m]
