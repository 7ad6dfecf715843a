"""What the tests of moderation begin from."""

import pytest

from tests.factories.cities import city_pair
from tests.factories.moderation import make_hidden, make_moderator


@pytest.fixture
def cities():
    return city_pair()


@pytest.fixture
def hidden(cities):
    """A comment that a moderator of the first city has hidden, and the decision."""
    return make_hidden(make_moderator(cities[0]), language_code="en")
