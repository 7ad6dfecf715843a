"""What of a map is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from consultations.maps.models import CityMap


@register(CityMap)
class CityMapTranslation(TranslationOptions):
    fields = ("title",)
