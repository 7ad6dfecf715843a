"""What of protocols is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.protocols.models import (
    LegalBasis,
    ProtocolIndexPage,
    ProtocolPage,
    ProtocolStep,
    ProtocolVersion,
)


@register(ProtocolIndexPage)
class ProtocolIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(ProtocolPage)
class ProtocolPageTranslation(TranslationOptions):
    fields = ("purpose",)


@register(ProtocolVersion)
class ProtocolVersionTranslation(TranslationOptions):
    fields = ("who_may_ask", "what_is_offered", "cost_rule")


@register(ProtocolStep)
class ProtocolStepTranslation(TranslationOptions):
    fields = ("what", "who", "when")


@register(LegalBasis)
class LegalBasisTranslation(TranslationOptions):
    fields = ("text",)
