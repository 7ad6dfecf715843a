"""What of practices, cases and rules is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.knowledge.models import (
    CaseStudyPage,
    CityRule,
    HarmonisedRulePage,
    KnowledgeIndexPage,
    PracticePage,
)


@register(KnowledgeIndexPage)
class KnowledgeIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(PracticePage)
class PracticePageTranslation(TranslationOptions):
    fields = ("theme", "summary", "body", "used_by")


@register(CaseStudyPage)
class CaseStudyPageTranslation(TranslationOptions):
    fields = ("theme", "summary", "context", "body", "time_needed", "differently")


@register(HarmonisedRulePage)
class HarmonisedRulePageTranslation(TranslationOptions):
    fields = ("summary", "common_rule", "next_step")


@register(CityRule)
class CityRuleTranslation(TranslationOptions):
    fields = ("text", "law")
