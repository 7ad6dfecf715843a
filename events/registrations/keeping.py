"""Why an event is not deleted: people have places there."""

from django.utils.translation import gettext_noop

from events.registrations.models import Registration
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop(
    "People have taken places here, so it cannot be deleted. Cancel the event or unpublish it."
)


def has_places(page: BasePage) -> bool:
    """Whether anybody took a place there, or below, whatever became of it."""
    return Registration.objects.filter(event__path__startswith=page.path).exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(has_places, because=REASON)
