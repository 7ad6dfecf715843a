"""What of instruments and changes of status is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.continuity.models import Instrument, StatusChange


@register(Instrument)
class InstrumentTranslation(TranslationOptions):
    fields = ("title", "summary", "binds")


@register(StatusChange)
class StatusChangeTranslation(TranslationOptions):
    fields = ("reason",)
