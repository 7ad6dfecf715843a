"""Photographs of a page that say nothing to whoever cannot see them."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.fields import StreamField

from partnership.pages.models import BasePage
from partnership.pages.photos import Photo, undescribed_in

#: What a photograph within a text is called in its blocks.
PHOTO = "photo"


def photos_of(page: BasePage) -> Iterator[Photo]:
    """The photographs of a page: beside its title, and within its texts."""
    if page.cover_photo:
        yield page.cover_photo
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            blocks = getattr(page, field.name) or ()
            yield from (block.value[PHOTO] for block in blocks if block.block_type == PHOTO)


def tell_of_undescribed_photos(request: HttpRequest, page: BasePage) -> None:
    """Say it at the moment of publishing: each photograph once, with the way to its screen."""
    found = {photo.pk: photo for photo in photos_of(page) if photo is not None}
    for photo in found.values():
        if language := undescribed_in(photo):
            words = _(
                "“%(photo)s” is on this page and not described in %(language)s: whoever cannot"
                " see it is told nothing there, or something in another language."
            ) % {"photo": photo, "language": language}
            screen = reverse("wagtailimages:edit", args=(photo.pk,))
            messages.warning(request, words, buttons=[messages.button(screen, _("Describe it"))])
