"""What of the front page, texts and stories is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.models import (
    HomePage,
    PartnershipSettings,
    StandardPage,
    StoryIndexPage,
    StoryPage,
    TraceStep,
)


@register(HomePage)
class HomePageTranslation(TranslationOptions):
    fields = ("hero_heading", "hero_lead", "trace_heading", "trace_lead")


@register(TraceStep)
class TraceStepTranslation(TranslationOptions):
    fields = ("heading", "text", "link_label")


@register(StandardPage)
class StandardPageTranslation(TranslationOptions):
    fields = ("lead", "body")


@register(StoryIndexPage)
class StoryIndexPageTranslation(TranslationOptions):
    fields = ("lead",)


@register(StoryPage)
class StoryPageTranslation(TranslationOptions):
    fields = ("intro", "body")


@register(PartnershipSettings)
class PartnershipSettingsTranslation(TranslationOptions):
    fields = ("partnership_name", "tagline", "footer_text")
