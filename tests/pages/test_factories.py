"""The site that other tests stand on."""

import pytest
from wagtail.models import Site

from events.enums import EventKind
from events.models import EventPage
from partnership.pages.models import BasePage
from tests.factories.cities import city_pair
from tests.factories.consultations import make_consultation, make_index
from tests.factories.events import make_event, make_event_index, make_past_event
from tests.factories.home import make_story
from tests.factories.pages import add_page, make_site
from tests.factories.roadmap import make_roadmap


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


@pytest.mark.django_db
def test_the_pages_it_makes_are_right():
    """They are saved without being asked, so they are asked here."""
    city_pair()
    kinds = EventPage.__subclasses__()
    made = [
        *(make_site(), make_index(), make_event_index(), make_past_event()),
        *(make_event(page_class, title=page_class.__name__) for page_class in kinds),
        *(make_consultation(), make_roadmap(), make_story()),
    ]

    for page in made:
        page.full_clean()

    assert len(kinds) == len(EventKind)
