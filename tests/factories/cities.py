"""Cities for tests: a pair on two clocks, and any number beyond it."""

from typing import Any

import factory

from partnership.cities.models import City, Neighbourhood
from partnership.pages.languages import CODES, localized

TIME_ZONES = ("Europe/London", "Europe/Madrid")
PAIR = {"alder": "Alder Bay", "puerto": "Puerto Almendro"}


class CityFactory(factory.django.DjangoModelFactory):
    """A city at the next free place in the order; asked for a known code, the same city."""

    class Meta:
        model = City
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"city-{number}")
    name = factory.LazyAttribute(lambda city: city.code.capitalize())
    position = factory.LazyFunction(City.objects.count)
    language_code = factory.LazyAttribute(lambda city: CODES[city.position % len(CODES)])
    time_zone = factory.LazyAttribute(lambda city: TIME_ZONES[city.position % len(TIME_ZONES)])
    population = 40_000

    @factory.lazy_attribute
    def ink(self) -> str:
        return ("#1D4E89", "#B3402A", "#3B6E3B")[self.position % 3]


class NeighbourhoodFactory(factory.django.DjangoModelFactory):
    """A part of the first city of the tests."""

    class Meta:
        model = Neighbourhood

    city = factory.LazyFunction(lambda: city_pair()[0])
    code = factory.Sequence(lambda number: f"part-{number}")
    name = factory.LazyAttribute(lambda part: part.code.capitalize())


def city_pair() -> tuple[City, City]:
    """The two cities of the tests: alder (London time) and puerto (Madrid time)."""
    known = City.objects.in_bulk(PAIR, field_name="code")
    alder, puerto = (known.get(code) or _named(code, name) for code, name in PAIR.items())
    return alder, puerto


def _named(code: str, name: str) -> City:
    names: dict[str, Any] = {localized("name", language): name for language in CODES}
    city: City = CityFactory.build(code=code, **names)
    city.save(force_insert=True)  # it is not there, and nearly every test begins with it
    return city
