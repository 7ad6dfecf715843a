"""What every page has in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from partnership.pages.models import BasePage, Photo


@register(BasePage)
class BasePageTranslation(TranslationOptions):
    fields = ("title", "seo_title", "search_description", "local_slug", "local_path")


@register(Photo)
class PhotoTranslation(TranslationOptions):
    fields = ("title", "description")
