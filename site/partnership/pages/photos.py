"""Photographs, described in every partner language."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    SourceImageIOError,
)

from partnership.pages.languages import CODES, active, field_names, localized, name_in_words
from partnership.pages.wording.foreign import language_shown
from partnership.serving.uploads import is_of_a_full_disk

OWN_FORM_FIELDS = ("title", "file", "description")


class Photo(AbstractImage):
    """A photograph; its description is what a screen reader says in the reader's language."""

    credit = models.CharField(_("credit"), max_length=120, blank=True)

    admin_form_fields = (
        "title",
        "file",
        *field_names("description"),
        "credit",
        *(name for name in Image.admin_form_fields if name not in OWN_FORM_FIELDS),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def create_rendition(self, *size: Filter) -> AbstractRendition:
        """Make a size; while the disk is full a page lacks a picture and nothing else."""
        try:
            return super().create_rendition(*size)
        except OSError as error:
            if not is_of_a_full_disk(error):
                raise
            raise SourceImageIOError(*error.args) from error

    @property
    def default_alt_text(self) -> str:
        return str(self.description)  # it stands in an attribute, where no mark can


def undescribed_in(photo: Photo | None) -> str:
    """Return the first language that lacks the photo's description, as inside a sentence."""
    if photo is None:
        return ""
    columns = ((code, getattr(photo, localized("description", code)) or "") for code in CODES)
    return next((name_in_words(code) for code, words in columns if not words.strip()), "")


class PhotoRendition(AbstractRendition):
    """One size of a photograph."""

    image = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="renditions")

    @property
    def attrs_dict(self) -> dict[str, Any]:
        """What stands in the element; a description in another language says in which."""
        attributes: dict[str, Any] = super().attrs_dict
        shown = language_shown(self.image, "description")
        return attributes if shown == active() else {**attributes, "lang": shown}

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
