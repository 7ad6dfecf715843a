"""Instruments as the search finds them: on the page of the partnership."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from home.continuity.models import Instrument
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("title", "summary", "binds")


def instruments(language: str) -> QuerySet:
    """All of them, in the order of their page."""
    columns = (localized(name, language) for name in TEXTS)
    spoken = Instrument.objects.annotate(words=words_in(*columns, "reference"))
    return spoken.select_related("city")


def tell(instrument: Instrument) -> Told:
    """What it is called, and what it says in short."""
    return Told(
        title=instrument.title,
        url=f"{reverse('partnership')}#{instrument.anchor}",
        text=instrument.summary,
        cities=(instrument.city,),
        day=instrument.adopted_on,
    )


INSTRUMENTS = Source(
    name="instruments", heading=_("Law and agreements"), rows=instruments, tell=tell
)
