"""What of alerts, channels and numbers is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.alerts.models import Alert, Channel, ChannelOffice, EmergencyNumbers


@register(Alert)
class AlertTranslation(TranslationOptions):
    fields = ("title", "text", "more_url")


@register(Channel)
class ChannelTranslation(TranslationOptions):
    fields = ("purpose", "primary_way", "fallback_way")


@register(ChannelOffice)
class ChannelOfficeTranslation(TranslationOptions):
    fields = ("office",)


@register(EmergencyNumbers)
class EmergencyNumbersTranslation(TranslationOptions):
    fields = ("text",)
