"""A promise of a published roadmap, and an editor of each city."""

from datetime import date
from types import SimpleNamespace

import pytest

from consultations.roadmap.models import Commitment
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.promises import YEAR, editor_of
from tests.factories.roadmap import make_commitment, make_roadmap


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def promise(site_tree, cities) -> Commitment:
    return make_commitment(
        make_roadmap(), due_on=date(YEAR, 5, 1), planned=1000, title_en="A ramp", title_es="Rampa"
    )


@pytest.fixture
def people(cities):
    alder, puerto = cities
    return SimpleNamespace(
        alder=editor_of(alder, language_code="en", name="Joan Okafor"),
        puerto=editor_of(puerto, language_code="es", name="Marta Vidal"),
        both=editor_of(alder, puerto, language_code="en"),
        admin=Resident.objects.create_superuser("admin@example.org", name="Admin"),
    )
