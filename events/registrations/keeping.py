"""Why an event stays: people have places there, and some are expected and know of no change."""

from typing import Any

from django.utils.translation import gettext_noop

from events.enums import EventStatus
from events.models import EventPage
from events.registrations import facts
from events.registrations.models import Registration
from events.registrations.services.timely import awaited
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop(
    "People have taken places here, so it cannot be deleted. Cancel the event: they are told."
)
EXPECTED = gettext_noop(
    "People are expected here, so it cannot be unpublished yet. Cancel the event first: a minute "
    "later everybody has been told."
)


def has_places(page: BasePage) -> bool:
    """Whether anybody took a place there, or below, whatever became of it."""
    return Registration.objects.filter(event__path__startswith=page.path).exists()


def is_awaited(pages: Any) -> bool:
    """Whether anybody counts on a coming event among these pages and was not told it is off."""
    hoping = Registration.objects.hoping().order_by()
    hoping = hoping.filter(awaited("event__"), event__in=pages.values("pk"))
    if hoping.exclude(event__event_status=EventStatus.CANCELLED).exists():
        return True
    off = EventPage.objects.filter(pk__in=hoping.values("event"))
    return any(hoping.filter(event=each).exclude(told=facts.digest(each)).exists() for each in off)


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(has_places, because=REASON)
    keeping.keep_public(is_awaited, because=EXPECTED)
