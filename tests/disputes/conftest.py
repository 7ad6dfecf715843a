"""Two cities, and an editor of each who keeps disagreements and signs."""

from types import SimpleNamespace

import pytest

from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.disputes import editor_of


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def people(cities):
    alder, puerto = cities
    return SimpleNamespace(
        alder=editor_of(alder, language_code="en", name="Joan Okafor"),
        puerto=editor_of(puerto, language_code="es", name="Marta Vidal"),
        admin=Resident.objects.create_superuser("admin@example.org", name="Admin"),
    )
