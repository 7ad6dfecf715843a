"""Disagreements as the search finds them: those of which readers are told everything."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from home.disputes.models import Dispute
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("title", "matter", "about", "outcome")


def disputes(language: str) -> QuerySet:
    """The latest first."""
    words = words_in(*(localized(name, language) for name in TEXTS))
    return Dispute.objects.told().annotate(words=words).order_by("-raised_on", "-pk")


def tell(dispute: Dispute) -> Told:
    """What it is about, and since when."""
    return Told(
        title=dispute.title,
        url=dispute.get_absolute_url(),
        text=dispute.matter,
        day=dispute.raised_on,
    )


DISPUTES = Source(name="disputes", heading=_("Disagreements"), rows=disputes, tell=tell)
