"""What of programmes and campaigns is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register, translator

from consultations.initiatives.models import (
    CampaignPage,
    InitiativeIndexPage,
    InitiativeIndicator,
    InitiativeLine,
    InitiativePage,
    InitiativePartner,
    InitiativeReading,
    ProgrammePage,
)
from consultations.roadmap.delivery.translation import (
    IndicatorTranslation,
    ReadingTranslation,
    WhatTranslation,
)


@register(InitiativeIndexPage)
class IndexTranslation(TranslationOptions):
    fields = ("lead",)


@register(InitiativePage)
class InitiativeTranslation(TranslationOptions):
    fields = ("summary", "body")


@register(ProgrammePage)
class ProgrammeTranslation(TranslationOptions):
    fields = ()


@register(CampaignPage)
class CampaignTranslation(TranslationOptions):
    fields = ("message", "channels")


@register(InitiativePartner)
class PartnerTranslation(TranslationOptions):
    fields = ("organisation", "part")


translator.register(InitiativeLine, WhatTranslation)
translator.register(InitiativeIndicator, IndicatorTranslation)
translator.register(InitiativeReading, ReadingTranslation)
