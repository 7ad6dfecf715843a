"""What of debriefs is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from home.archive.models import Debrief, Lesson


@register(Debrief)
class DebriefTranslation(TranslationOptions):
    fields = ("went_well", "to_change")


@register(Lesson)
class LessonTranslation(TranslationOptions):
    fields = ("text", "taken_up_in")
