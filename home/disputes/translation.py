"""What of disagreements is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.disputes.models import Dispute, DisputeChange, DisputeStep


@register(Dispute)
class DisputeTranslation(TranslationOptions):
    fields = ("title", "matter", "about", "outcome")


@register(DisputeStep)
class DisputeStepTranslation(TranslationOptions):
    fields = ("agreed",)


@register(DisputeChange)
class DisputeChangeTranslation(TranslationOptions):
    fields = ("reason",)
