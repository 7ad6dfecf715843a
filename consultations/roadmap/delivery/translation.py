"""What of money, indicators and milestones is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.roadmap.delivery.models import BudgetLine, Indicator, Milestone, Reading


@register(BudgetLine)
@register(Milestone)
class WhatTranslation(TranslationOptions):
    fields = ("what",)


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("what", "unit", "method")


@register(Reading)
class ReadingTranslation(TranslationOptions):
    fields = ("source",)
