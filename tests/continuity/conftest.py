"""Two cities, and an editor of each who keeps the bond and signs."""

from types import SimpleNamespace

import pytest

from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.continuity import keeper_of


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def people(cities):
    return make_people(*cities)


def make_people(alder, puerto):
    return SimpleNamespace(
        alder=keeper_of(alder, language_code="en", name="Joan Okafor"),
        puerto=keeper_of(puerto, language_code="es", name="Marta Vidal"),
        admin=Resident.objects.create_superuser("admin@example.org", name="Admin"),
    )
