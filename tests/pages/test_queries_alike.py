"""Queries of a model in all languages are of one class, in memory and out of it again."""

import pickle

import pytest

from events.models import EventPage
from partnership.cities.models import City
from tests.factories.cities import city_pair

pytestmark = pytest.mark.django_db


def test_every_query_of_a_model_is_of_the_same_class():
    cities = City.objects.all()

    assert type(cities) is type(City.objects.filter(pk=1)) is type(City._default_manager.none())
    assert type(EventPage.objects.all()) is type(EventPage.objects.live()) is not type(cities)


def test_a_query_that_was_packed_is_of_it_too_and_finds_the_same():
    pair = list(city_pair())

    unpacked = pickle.loads(pickle.dumps(City.objects.order_by("pk")))  # noqa: S301 - packed here

    assert list(unpacked) == pair
    assert type(unpacked) is type(City.objects.all())
    assert list(unpacked.filter(pk=pair[0].pk)) == pair[:1]
