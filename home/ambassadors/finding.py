"""Ambassadors as the search finds them."""

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from home.ambassadors.models import Ambassador
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized


def ambassadors(language: str) -> QuerySet:
    """Those that readers see: by name, place and event, and by words written in that language."""
    own = Case(
        When(language_code=language, then=F("words")), default=Value(""), output_field=TextField()
    )
    public = Ambassador.objects.public().annotate(readable=own)
    names = ("first_name", "place", f"event__{localized('title', language)}")
    return public.annotate(said=words_in(*names, "readable")).select_related("event")


def tell(ambassador: Ambassador) -> Told:
    """Who it is and what they say; it leads to where one writes to them."""
    return Told(
        title=ambassador.called,
        url=reverse("ambassador_ask", args=(ambassador.pk,)),
        text=ambassador.readable,  # type: ignore[attr-defined]  # annotated
        within=ambassador.event.title,
    )


AMBASSADORS = Source(
    name="ambassadors", heading=_("Ambassadors"), rows=ambassadors, tell=tell, words="said"
)
