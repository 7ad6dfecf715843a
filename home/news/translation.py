"""What of the news is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.news.models import Issue


@register(Issue)
class IssueTranslation(TranslationOptions):
    fields = ("greeting",)
