"""Why a roadmap is not deleted: readers have seen what is promised on it."""

from django.utils.translation import gettext_noop

from consultations.roadmap.models import Commitment
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop(
    "Readers have seen promises here: it cannot be deleted. Unpublish it instead."
)


def has_promises(page: BasePage) -> bool:
    """Whether a promise of this roadmap, or of one below the page, must be kept."""
    return Commitment.objects.kept().filter(roadmap__path__startswith=page.path).exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(has_promises, because=REASON)
