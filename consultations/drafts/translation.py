"""What of draft texts is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.drafts.models import DraftText, Paragraph


@register(DraftText)
class DraftTextTranslation(TranslationOptions):
    fields = ("title", "introduction")


@register(Paragraph)
class ParagraphTranslation(TranslationOptions):
    fields = ("heading", "text", "became")
