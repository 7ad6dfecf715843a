"""What is written about an event when it is over, and days on which that can have been."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from events.models import EventPage
from partnership.cities.days import SLIP, is_meant
from partnership.cities.today import latest_today


def refuse_before_its_end(form: Any, event: EventPage | None) -> None:
    """Publish nothing about what is still to come; what readers live with stays as it is."""
    is_new_to_readers = form.cleaned_data.get("is_published") and not form.initial.get(
        "is_published"
    )
    if event is not None and is_new_to_readers and not event.is_over:
        words = _("This is not over yet. Keep it as a draft, and publish it afterwards.")
        form.add_error("is_published", words)


def refuse_day(form: Any, name: str, *, since: EventPage | None, may_come: bool = False) -> None:
    """Refuse a day nobody can mean: before the event, or, unless it may, still to come."""
    day: date | None = form.cleaned_data.get(name)
    if day is None:
        return
    if not is_meant(day):
        form.add_error(name, SLIP)
    elif since is not None and day < since.starts_at.astimezone(since.zone).date():
        form.add_error(name, _("This is before the event began: check the day."))
    elif not may_come and day > latest_today(*([since.zone] if since else [])):
        form.add_error(name, _("This day has not come yet."))
