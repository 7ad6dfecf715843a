"""An editor of Alder Bay at the form of a promise."""

from typing import Any

import pytest
from django.urls import reverse

from consultations.roadmap.models import Commitment
from partnership.cities.models import City
from tests.factories.delivery import filled, two_moneys
from tests.factories.promises import editor_of
from tests.factories.roadmap import make_commitment, make_roadmap
from tests.tools import drawing


@pytest.fixture
def cities(db: Any) -> tuple[City, City]:
    return two_moneys()


@pytest.fixture
def promise(site_tree: Any, cities: tuple[City, City]) -> Commitment:
    return make_commitment(make_roadmap())


@pytest.fixture
def send(client: Any, promise: Commitment, cities: tuple[City, City]) -> Any:
    """Return a function that saves the form of the promise; its answer is not drawn."""
    client.force_login(editor_of(cities[0], language_code="en"))

    def sent(**fields: Any) -> Any:
        fresh = Commitment.objects.get(pk=promise.pk)
        with drawing.left_out():
            return client.post(
                reverse("commitments:edit", args=(promise.pk,)), filled(fresh, **fields)
            )

    return sent
