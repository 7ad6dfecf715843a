"""Why a case study stays where readers find it: a published practice stands on it."""

from typing import Any

from django.utils.translation import gettext_noop

from home.knowledge.models import PracticePage
from partnership.pages import keeping
from partnership.pages.models import BasePage

REASON = gettext_noop(
    "A published practice stands on this case study: choose another one there first, or unpublish "
    "the practice."
)


def carries_a_practice(page: BasePage) -> bool:
    """Whether this page, or one below it, is a case that a published practice links.

    A practice that would go along needs it no longer.
    """
    below = BasePage.objects.filter(path__startswith=page.path)
    standing = PracticePage.objects.standing_on(below.values("pk"))
    return standing.exclude(path__startswith=page.path).exists()


def carries_one_of(pages: Any) -> bool:
    """The same for pages that would be unpublished together."""
    keys = pages.values("pk")
    return PracticePage.objects.standing_on(keys).exclude(pk__in=keys).exists()


def register() -> None:
    """Keep such pages; called when the site starts."""
    keeping.keep(carries_a_practice, because=REASON)
    keeping.keep_public(carries_one_of, because=REASON)
