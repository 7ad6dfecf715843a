"""What of a closing report is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.reports.models import ClosingReport, ReportPicture


@register(ClosingReport)
class ReportTranslation(TranslationOptions):
    fields = ("organisations", "summary", "decisions", "links")


@register(ReportPicture)
class PictureTranslation(TranslationOptions):
    fields = ("caption",)
