"""What of the sign-up is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.registrations.models import SignUpOption, SignUpQuestion


@register(SignUpQuestion)
class SignUpQuestionTranslation(TranslationOptions):
    fields = ("text", "help_text")


@register(SignUpOption)
class SignUpOptionTranslation(TranslationOptions):
    fields = ("label",)
