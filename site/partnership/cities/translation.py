"""What of a city is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from partnership.cities.models import City


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("name",)
