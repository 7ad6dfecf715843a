"""What of an answer is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.official.models import AnswerSheet, OfficialAnswer, PublishedAnswer


@register(OfficialAnswer)
@register(PublishedAnswer)
class AnswerTranslation(TranslationOptions):
    fields = ("text", "answered_by")


@register(AnswerSheet)
class SheetTranslation(TranslationOptions):
    fields = ("rest", "published_rest")
