"""What of drills is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.drills.models import (
    AfterActionReview,
    Checklist,
    ChecklistItem,
    CorrectiveAction,
    DrillItem,
    Observation,
)


@register(Checklist)
class ChecklistTranslation(TranslationOptions):
    fields = ("title",)


@register((ChecklistItem, DrillItem))
class ItemTranslation(TranslationOptions):
    fields = ("text", "role")


@register(AfterActionReview)
class ReviewTranslation(TranslationOptions):
    fields = ("summary",)


@register((Observation, CorrectiveAction))
class FindingTranslation(TranslationOptions):
    fields = ("text",)
