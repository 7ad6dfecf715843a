"""What of a city and its parts is written in every partner language."""

from modeltranslation.translator import TranslationOptions, register

from partnership.cities.models import City, Neighbourhood


@register(City)
class CityTranslation(TranslationOptions):
    fields = ("name",)


@register(Neighbourhood)
class NeighbourhoodTranslation(TranslationOptions):
    fields = ("name",)
