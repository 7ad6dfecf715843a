"""What of moderation is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.moderation.models import ReasonTemplate


@register(ReasonTemplate)
class ReasonTemplateTranslation(TranslationOptions):
    fields = ("title", "text")
