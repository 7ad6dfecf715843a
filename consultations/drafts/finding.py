"""The paragraphs of draft texts, as the search finds them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.drafts.models import DraftText, Paragraph
from partnership.pages.finding import Source, Told, words_in
from partnership.pages.languages import localized

TEXTS = ("heading", "text")


def paragraphs(language: str) -> QuerySet:
    """What the last version of every text says that every reader may see, in its order."""
    current = DraftText.objects.readable().current()
    spoken = Paragraph.objects.of_drafts(current).annotate(
        words=words_in(*(localized(name, language) for name in TEXTS))
    )
    found = spoken.select_related("draft__consultation")
    return found.order_by("-draft__published_at", "draft", "sort_order", "pk")


def tell(paragraph: Any) -> Told:
    """The paragraph, and in which draft it stands."""
    draft = paragraph.draft
    return Told(
        title=str(paragraph),
        url=f"{draft.get_absolute_url()}#{paragraph.anchor}",
        text=paragraph.text,
        within=str(draft),
        day=draft.published_at.date(),
    )


PARAGRAPHS = Source(
    name="paragraphs", heading=_("Paragraphs of draft texts"), rows=paragraphs, tell=tell
)
