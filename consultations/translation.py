"""What of a consultation is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.models import (
    ConsultationIndexPage,
    ConsultationPage,
    Phase,
    Question,
    QuestionOption,
    Statement,
)


@register(ConsultationIndexPage)
class ConsultationIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(ConsultationPage)
class ConsultationPageTranslation(TranslationOptions):
    fields = ("lead", "body", "readers", "outcome")


@register(Phase)
class PhaseTranslation(TranslationOptions):
    fields = ("note",)


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("section", "text", "help_text", "scale_min_label", "scale_max_label", "number_unit")


@register(QuestionOption)
class QuestionOptionTranslation(TranslationOptions):
    fields = ("label", "description")


@register(Statement)
class StatementTranslation(TranslationOptions):
    fields = ("text",)
