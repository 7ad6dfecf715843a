"""Which stories."""

from typing import Self

from wagtail.models.pages import PageQuerySet

from partnership.pages.access import open_to_all


class StoryQuerySet(PageQuerySet):
    """Reads as a sentence: ``StoryPage.objects.published().latest_first()``."""

    def published(self) -> Self:
        """Stories every reader may open."""
        return self.live().filter(open_to_all())

    def latest_first(self) -> Self:
        """The one told last first."""
        return self.order_by("-told_on", "-pk")

    def with_commitment(self) -> Self:
        """Bring the promise each story is about, so that a list needs no query per story."""
        return self.select_related("commitment")
