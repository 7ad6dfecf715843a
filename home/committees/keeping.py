"""Committees that have met are not deleted: their minutes and decisions stay."""

from django.utils.translation import gettext_noop

from home.committees.models import Meeting
from partnership.pages.models import BasePage

BECAUSE = gettext_noop(
    "This committee has meetings, with their minutes and decisions: it cannot be deleted. "
    "Unpublish it instead."
)


def has_met(page: BasePage) -> bool:
    """Whether meetings belong to the page, or to one below it."""
    return Meeting.objects.filter(committee__path__startswith=page.path).exists()
