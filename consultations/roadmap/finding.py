"""Promises as the search finds them: on the roadmap of their year."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.roadmap.models import Commitment
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("title", "description", "theme")


def promises(language: str) -> QuerySet:
    """Commitments on roadmaps that everybody may read, the latest year first."""
    words = words_in(*(localized(name, language) for name in TEXTS))
    spoken = Commitment.objects.public().annotate(words=words).prefetch_related("led_by")
    return spoken.order_by("-roadmap__year", "number")


def tell(promise: Commitment) -> Told:
    """What was promised, by whom and until when."""
    return Told(
        title=promise.title,
        url=promise.get_absolute_url(),
        text=promise.description,
        within=promise.roadmap.title,
        cities=tuple(promise.led_by.all()),
        day=promise.due_on,
    )


PROMISES = Source(name="promises", heading=_("Promises"), rows=promises, tell=tell)
