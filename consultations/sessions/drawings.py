"""The drawing beside a contribution: its small picture comes with the row, at no query."""

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.safestring import SafeString

from partnership.pages.models import PhotoRendition

#: As large as readers see it; made when the note is taken in.
SIZE = "max-640x640"
PARTS = ("file", "width", "height")


def with_drawings(rows: QuerySet) -> QuerySet:
    """Add ``drawing_file``, ``drawing_width`` and ``drawing_height``; no query more."""
    small = Q(drawing__renditions__filter_spec=SIZE)
    joined = rows.annotate(small=FilteredRelation("drawing__renditions", condition=small))
    return joined.annotate(**{f"drawing_{part}": F(f"small__{part}") for part in PARTS})


def prepare(drawing: Any) -> None:
    """Make the small picture, so that no reader waits for it."""
    drawing.get_rendition(SIZE)


def picture_of(contribution: Any) -> SafeString | str:
    """Return the drawing as an element described in the reader's language; empty without one."""
    drawing = contribution.drawing
    if drawing is None:
        return ""
    known = {part: getattr(contribution, f"drawing_{part}", None) for part in PARTS}
    small = PhotoRendition(image=drawing, **known) if known["file"] else drawing.get_rendition(SIZE)
    return small.img_tag({"loading": "lazy"})
