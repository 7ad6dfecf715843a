"""The site that other tests stand on."""

import pytest
from wagtail.models import Site

from partnership.pages.models import BasePage
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site


@pytest.mark.django_db
def test_the_site_is_made_once():
    first = make_site()

    again = make_site()

    assert first.pk == again.pk
    assert Site.objects.get().root_page_id == first.pk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_the_site_comes_back_after_a_flush(_time):
    front_page = make_site()
    add_page(front_page, title_en="Events", title_es="Eventos")

    assert front_page.url_in("es") == "/es/"
    assert BasePage.objects.get(slug="events").url_in("es") == "/es/eventos/"


@pytest.mark.django_db
def test_the_pair_of_cities_has_two_clocks():
    alder, puerto = city_pair()

    assert (alder.letter, alder.time_zone) == ("a", "Europe/London")
    assert (puerto.letter, puerto.time_zone) == ("b", "Europe/Madrid")
