"""The marks of the demo's cities can be marks: an editor's screen would take them."""

import pytest

from partnership.cities.logos import SIZE, why_unfit
from partnership.cities.models import City

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_each_city_has_a_mark_of_its_own_and_no_reader_waits_for_it():
    cities = list(City.objects.select_related("logo"))

    assert [why_unfit(city.logo) for city in cities] == ["", ""]
    assert [city.logo.renditions.filter(filter_spec=SIZE).count() for city in cities] == [1, 1]
    first, second = (city.logo.file.read() for city in cities)
    assert first != second
