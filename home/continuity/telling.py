"""Write to editors once a month what is overdue in their cities, and what comes next."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from consultations.reminders.late import staff_with
from home.continuity.presenting import Found, by_day, coming_soon, of_cities, piles_of
from partnership import continuity
from partnership.cities.models import City
from partnership.outbox.services import post
from partnership.outbox.waking import hour_for
from partnership.pages.languages import known_or_default
from partnership.people.models import Resident

PERMISSION = "continuity.change_instrument"
#: In the first days of a month; a clock that stood still longer lets the month go by.
WRITTEN_UNTIL_DAY = 7
SHOWN = 5
Said = tuple[Found, Found]


def remind_of_what_is_overdue() -> int:
    """Tell the editors of each city; safe twice and at the same time. Returns how many mails.

    Nobody gets a second mail in a month: each has a key that the outbox keeps. What has no day
    by which it is due is told with the rest, and is alone no reason to write; what falls due soon
    is one.
    """
    today = continuity.today()
    if today.day > WRITTEN_UNTIL_DAY:
        return 0
    readers = list(staff_with(PERMISSION, City.objects.all()).prefetch_related("edits_for"))
    said = {code: _said_in(code, today) for code in {each.language_code for each in readers}}
    return sum(_write(reader, said[reader.language_code], today) for reader in readers)


def _said_in(code: str, today: date) -> Said:
    """What is overdue and what falls due soon, in the words of a language."""
    with translation.override(known_or_default(code)), continuity.one_round():
        found = continuity.concerns(today)
        return found, coming_soon(today, known=found)


@transaction.atomic
def _write(reader: Resident, said: Said, today: date) -> bool:
    found, soon = (of_cities(each, reader.edits_for.all()) for each in said)
    if not soon and not any(each.due for concerns in found.values() for each in concerns):
        return False
    began = timezone.now()
    mail = post(
        "staff_overdue",
        to=reader.email,
        language_code=reader.language_code,
        context=_context(reader, found, soon),
        dedup_key=f"staff_overdue:{today:%Y-%m}:{reader.pk}",
        not_before=hour_for(reader.city),
    )
    return mail.created_at >= began


def _context(reader: Resident, found: Found, soon: Found) -> dict[str, Any]:
    return {
        "name": reader.get_short_name(),
        "piles": piles_of(found, at_most=SHOWN),
        "coming": [concern for _check, concern in by_day(soon)[:SHOWN]],
        "next_url": f"{settings.BASE_URL}{reverse('what_comes_next')}",
        "url": f"{settings.BASE_URL}{reverse('wagtailadmin_home')}",
    }
