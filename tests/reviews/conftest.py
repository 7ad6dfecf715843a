"""The roadmap of last year with one promise, and an editor of each city."""

from types import SimpleNamespace

import pytest

from consultations.roadmap.models import Commitment, RoadmapPage
from tests.factories.cities import city_pair
from tests.factories.promises import YEAR
from tests.factories.reviews import editor_of
from tests.factories.roadmap import make_commitment, make_roadmap


@pytest.fixture
def cities(db):
    return city_pair()


@pytest.fixture
def roadmap(cities) -> RoadmapPage:
    return make_roadmap(YEAR - 1)


@pytest.fixture
def promise(roadmap) -> Commitment:
    return make_commitment(roadmap, title="A ramp")


@pytest.fixture
def people(cities):
    alder, puerto = cities
    return SimpleNamespace(
        alder=editor_of(alder, language_code="en"),
        puerto=editor_of(puerto, language_code="es"),
        both=editor_of(alder, puerto, language_code="en"),
    )
