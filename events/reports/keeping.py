"""Why an event is not deleted: what people wrote there stands in a consultation."""

from django.utils.translation import gettext_noop

from events.models import EventPage
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop(
    "What people wrote here stands in a consultation: it cannot be deleted. Unpublish it instead."
)


def is_spoken_at(page: BasePage) -> bool:
    """Whether notes of it, or of an event below it, are read and answered."""
    return EventPage.objects.filter(path__startswith=page.path).spoken_at().exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(is_spoken_at, because=REASON)
