"""What of an answer is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.official.models import OfficialAnswer, PublishedAnswer


@register(OfficialAnswer)
@register(PublishedAnswer)
class AnswerTranslation(TranslationOptions):
    fields = ("text", "answered_by")
