"""The media kit: a page, so that every city can read and sign it before it speaks for all."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index

from home.media_kit.refusals import PictureNotDescribed, TooManyWords
from partnership.pages.languages import field_names
from partnership.pages.models import BasePage
from partnership.pages.panels import side_by_side
from partnership.pages.photos import undescribed_in

#: How many words each text may have at most.
MOST_WORDS = {"short_text": 50, "long_text": 150}


class MediaKitPage(BasePage):
    """What the partnership says about itself, for whoever writes about it."""

    short_text = models.TextField(
        _("in short"), blank=True, help_text=_("At most 50 words, to be used as they are.")
    )
    long_text = models.TextField(
        _("at more length"), blank=True, help_text=_("At most 150 words, to be used as they are.")
    )
    press_contact = models.ForeignKey(
        "committees.Contact",
        verbose_name=_("contact for the press"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    max_count = 1
    parent_page_types = ("home.HomePage",)
    subpage_types = ()
    template = "media_kit/media_kit.html"
    publish_required = ("title", "short_text", "long_text")
    content_panels = (
        *BasePage.content_panels,
        side_by_side("short_text", heading=_("in short")),
        side_by_side("long_text", heading=_("at more length")),
        InlinePanel("pictures", heading=_("Pictures"), label=_("picture")),
        FieldPanel("press_contact"),
    )
    search_fields = (
        *BasePage.search_fields,
        *(index.SearchField(each) for name in MOST_WORDS for each in field_names(name)),
    )

    class Meta:
        verbose_name = _("media kit")
        verbose_name_plural = _("media kits")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from home.media_kit.presenting import kit_context  # which asks for this model

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, **kit_context(self, request)}

    def refuse_unfit(self) -> None:
        """Raise TooManyWords or PictureNotDescribed."""
        super().refuse_unfit()
        for name, most in MOST_WORDS.items():
            for column in field_names(name):
                if len((getattr(self, column) or "").split()) > most:
                    raise TooManyWords(most=most, field=column)
        for picture in self.pictures.all():
            if language := undescribed_in(picture.photo):
                raise PictureNotDescribed(title=picture.photo.title, language=language)


class KitPicture(Orderable):
    """A picture that others may show, and what they have to write beside it."""

    page = ParentalKey(MediaKitPage, on_delete=models.CASCADE, related_name="pictures")
    photo = models.ForeignKey(
        "pages.Photo", verbose_name=_("photo"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Whose picture it is.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("What others may do with it, for example: CC BY 4.0."),
    )

    publish_required = ("caption", "credit", "licence")
    panels = (
        FieldPanel("photo"),
        side_by_side("caption", heading=_("caption")),
        side_by_side("credit", heading=_("credit")),
        side_by_side("licence", heading=_("licence")),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.caption or str(self.photo)
