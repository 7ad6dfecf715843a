"""Risks as the search finds them: each on its own page."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.risks.models import Risk
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("event", "cause", "effect", "measures")


def risks(language: str) -> QuerySet:
    """Risks that every reader may see, the gravest first."""
    words = words_in(*(localized(name, language) for name in TEXTS))
    public = Risk.objects.public().annotate(words=words)
    return public.gravest_first()


def tell(risk: Risk) -> Told:
    """What may happen, and what would follow."""
    return Told(title=risk.event, url=risk.get_absolute_url(), text=f"{risk.cause} {risk.effect}")


RISKS = Source(name="risks", heading=_("Risks"), rows=risks, tell=tell)
