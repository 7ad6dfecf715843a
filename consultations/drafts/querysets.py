"""Which versions of draft texts, and which of their paragraphs."""

from typing import Any, Self

from django.db.models import Exists, F, OuterRef, QuerySet

from partnership.pages.access import open_to_all


class DraftQuerySet(QuerySet):
    """Reads as a sentence: ``consultation.draft_texts.current()``."""

    def published(self) -> Self:
        """Readers see them; the first version first."""
        return self.filter(is_published=True).order_by("number", "version")

    def current(self) -> Self:
        """The last version of each text that readers see: the one that is commented on."""
        later = self.model._default_manager.filter(
            consultation=OuterRef("consultation"),
            number=OuterRef("number"),
            version__gt=OuterRef("version"),
            is_published=True,
        )
        return self.published().filter(~Exists(later))

    def readable(self) -> Self:
        """Of consultations that every reader may open."""
        return self.filter(open_to_all("consultation__"), consultation__live=True)


class ParagraphQuerySet(QuerySet):
    """Reads as a sentence: ``draft.paragraphs.standing()``."""

    def standing(self) -> Self:
        """Those that the text has, and not those that it dropped, in their order."""
        return self.filter(is_dropped=False).order_by("sort_order", "pk")

    def of_drafts(self, drafts: QuerySet) -> Self:
        """Those that these versions have."""
        return self.standing().filter(draft__in=drafts.order_by().values("pk"))


def with_paragraphs(contributions: Any) -> Any:
    """Add to comments which paragraph they are about, and whether a later version answers it.

    It is ``draft_number``, ``draft_version`` and ``paragraph_number``, None for other comments,
    and ``is_answered``; no query more.
    """
    paragraphs: Any = contributions.model._meta.get_field("paragraph").related_model
    answers = paragraphs.objects.filter(
        key=OuterRef("paragraph__key"),
        draft__version=OuterRef("paragraph__draft__version") + 1,
        draft__is_published=True,
        became__gt="",
    )
    return contributions.annotate(
        draft_number=F("paragraph__draft__number"),
        draft_version=F("paragraph__draft__version"),
        paragraph_number=F("paragraph__number"),
        is_answered=Exists(answers),
    )
