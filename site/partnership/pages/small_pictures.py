"""A row's photo in a small size: it comes with the row, at no query more."""

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils.safestring import SafeString
from wagtail.images.shortcuts import get_rendition_or_not_found

from partnership.pages.photos import PhotoRendition

PARTS = ("file", "width", "height")


def with_small_picture(rows: QuerySet, photo: str, size: str) -> QuerySet:
    """Add where the file of that size is, and how large, for the field ``photo`` of each row."""
    small = Q(**{f"{photo}__renditions__filter_spec": size})
    joined = rows.select_related(photo).annotate(
        small=FilteredRelation(f"{photo}__renditions", condition=small)
    )
    return joined.annotate(**{f"small_{part}": F(f"small__{part}") for part in PARTS})


def small_picture(row: Any, photo: str, size: str) -> SafeString | str:
    """Return the photo as an element described in the reader's language; empty without one.

    A size that was never made is made now. It is never left for later (``loading="lazy"``): a
    browser that prints may not have come so far down the page, and paper stays empty there.
    """
    shown = getattr(row, photo)
    if shown is None:
        return ""
    known = {part: getattr(row, f"small_{part}", None) for part in PARTS}
    if known["file"]:
        found = PhotoRendition(image=shown, **known)
    else:
        found = get_rendition_or_not_found(shown, size)
    return found.img_tag()
