"""Why a roadmap is not deleted: what the cities signed as their answer stands there."""

from django.utils.translation import gettext_noop

from consultations.official.models import PublishedAnswer
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop(
    "A signed answer leads to a commitment here: it cannot be deleted. Unpublish it instead."
)


def is_promised(page: BasePage) -> bool:
    """Whether a signed answer leads to a commitment of this roadmap, or of one below the page."""
    current = PublishedAnswer.objects.current()
    return current.filter(commitments__roadmap__path__startswith=page.path).exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(is_promised, because=REASON)
