"""What of live questions is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.questions.models import LiveQuestion, QuestionTime


@register(QuestionTime)
class QuestionTimeTranslation(TranslationOptions):
    fields = ("introduction",)


@register(LiveQuestion)
class LiveQuestionTranslation(TranslationOptions):
    fields = ("rendering", "answer")
