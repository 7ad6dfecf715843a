"""Which boards."""

from typing import Self, cast

from django.db.models import QuerySet

from partnership.pages.small_pictures import with_small_picture

#: As large as a board is in a list of them, and alone on its page.
IN_LISTS, ALONE = "fill-640x420", "max-1280x1280"


class BoardQuerySet(QuerySet):
    """Reads as a sentence: ``event.boards.published()``."""

    def published(self) -> Self:
        """Readers may see them; in the order of their numbers."""
        return self.filter(is_published=True).order_by("number")

    def with_picture(self, size: str = IN_LISTS) -> Self:
        """With the drawing in that size; no query more."""
        return cast("Self", with_small_picture(self, "drawing", size))
