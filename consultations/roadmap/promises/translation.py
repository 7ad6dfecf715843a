"""What of a change is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.roadmap.promises.models import PromiseChange


@register(PromiseChange)
class ChangeTranslation(TranslationOptions):
    fields = ("reason",)
