"""What of the media kit is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.media_kit.models import KitPicture, MediaKitPage


@register(MediaKitPage)
class MediaKitPageTranslation(TranslationOptions):
    fields = ("short_text", "long_text")


@register(KitPicture)
class KitPictureTranslation(TranslationOptions):
    fields = ("caption", "credit", "licence")
