"""What of the roadmap is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.roadmap.models import (
    Commitment,
    EvidenceLink,
    RoadmapChange,
    RoadmapIndexPage,
    RoadmapPage,
)


@register(RoadmapIndexPage)
@register(RoadmapPage)
class RoadmapTranslation(TranslationOptions):
    fields = ("lead",)


@register(RoadmapChange)
class RoadmapChangeTranslation(TranslationOptions):
    fields = ("title", "text")


@register(Commitment)
class CommitmentTranslation(TranslationOptions):
    fields = ("title", "description", "theme", "not_measured")


@register(EvidenceLink)
class EvidenceLinkTranslation(TranslationOptions):
    fields = ("note",)
