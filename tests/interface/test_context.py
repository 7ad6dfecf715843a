"""The frame of every page: at most three queries, none for a page that shows none of it."""

import pytest
from django.template import engines
from wagtail.models import Site

from partnership.interface.context import site_chrome
from tests.factories.cities import CityFactory, city_pair
from tests.factories.pages import add_page

pytestmark = pytest.mark.django_db

FRAME = "".join(
    f"{{% for part in {name} %}}{{{{ part.title }}}} {{% endfor %}}"
    for name in ("cities", "main_nav", "footer_links", "main_nav", "cities")
)


def test_a_page_without_a_frame_pays_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        site_chrome(rf.get("/en/"))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_frame_costs_the_same_for_one_page_and_for_three(
    how_many, rf, bare_site, django_assert_num_queries
):
    CityFactory.create_batch(how_many)
    for number in range(how_many):
        add_page(bare_site, title=f"Menu {number}", show_in_menus=True)
        add_page(bare_site, title=f"Foot {number}")
    request = rf.get("/en/menu-0/")
    Site.find_for_request(request)  # Wagtail has asked for the site before any page renders
    Site.get_site_root_paths()  # and keeps these in the cache

    with django_assert_num_queries(2):
        engines["django"].from_string(FRAME).render(request=request)

    chrome = site_chrome(request)
    assert [link["title"] for link in chrome["main_nav"]] == [f"Menu {n}" for n in range(how_many)]
    assert [link["current"] for link in chrome["main_nav"]][:2] == ["page", ""][:how_many]
    assert [len(column["links"]) for column in chrome["footer_links"]] == [how_many, how_many]


def test_what_is_not_public_is_not_in_the_menu(rf, bare_site):
    add_page(bare_site, title="Draft", show_in_menus=True, live=False)

    assert list(site_chrome(rf.get("/en/"))["main_nav"]) == []


def test_the_partnership_is_called_by_its_cities(rf):
    city_pair()

    chrome = site_chrome(rf.get("/en/"))

    assert str(chrome["partnership_name"]) == "Alder Bay & Puerto Almendro"
    assert [city.letter for city in chrome["cities"]] == ["a", "b"]


def test_messages_are_looked_for_only_where_there_may_be_some(rf, settings):
    stranger = rf.get("/en/")
    resident = rf.get("/en/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}=x"})

    assert site_chrome(stranger)["may_have_messages"] is False
    assert site_chrome(resident)["may_have_messages"] is True
