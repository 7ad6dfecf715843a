"""A protocol without versions, and an editor of each city."""

from types import SimpleNamespace

import pytest

from home.protocols.models import ProtocolPage
from tests.factories.cities import city_pair
from tests.factories.protocols import editor_of, make_protocol


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def protocol(site_tree, cities) -> ProtocolPage:
    return make_protocol()


@pytest.fixture
def people(cities):
    alder, puerto = cities
    return SimpleNamespace(
        alder=editor_of(alder, language_code="en", name="Joan Okafor"),
        puerto=editor_of(puerto, language_code="es", name="Marta Vidal"),
        both=editor_of(alder, puerto, language_code="en"),
    )
