"""What of a partner is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.partners.models import Partner


@register(Partner)
class PartnerTranslation(TranslationOptions):
    fields = ("name", "summary", "neutrality")
