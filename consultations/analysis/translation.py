"""What of the codebook is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.analysis.models import Theme


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("title", "description")
