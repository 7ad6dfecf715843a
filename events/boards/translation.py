"""What of a board is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from events.boards.models import Board


@register(Board)
class BoardTranslation(TranslationOptions):
    fields = ("title", "explanation")
