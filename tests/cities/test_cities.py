"""The cities, and their screen in the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partnership.cities.models import City
from partnership.cities.naming import as_one
from partnership.review.services import ensure_review
from tests.factories.cities import CityFactory, city_pair
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))


def form(**fields):
    return {
        "name_en": "Alder Bay",
        "name_es": "Bahía Alder",
        "code": "alder",
        "position": "0",
        "language_code": "en",
        "time_zone": "Europe/London",
        "currency": "GBP",
        "translation_gate": "block",
        "ink": "#1D4E89",
        "population": "41000",
        "address": "",
        "contact_email": "",
        **fields,
    }


def test_cities_come_in_their_order():
    CityFactory(code="second", position=1)
    CityFactory(code="third", position=2)
    CityFactory(code="first", position=0)

    assert [city.code for city in City.objects.all()] == ["first", "second", "third"]


def test_a_third_city_gets_the_third_letter():
    city_pair()

    assert CityFactory().letter == "c"


def test_two_cities_never_share_a_place():
    city_pair()

    with pytest.raises(ValidationError):
        City(code="third", position=0, language_code="en", time_zone="UTC").full_clean()


def test_a_city_is_written_in_every_language(client, coordinator):
    response = client.post(reverse("city:add"), form())

    city = City.objects.get()
    assert response.status_code == 302
    assert (city.name_en, city.name_es) == ("Alder Bay", "Bahía Alder")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Europe/Nowhere"),
        ("language_code", "fr"),
        ("position", "8"),
        ("ink", "red"),
        ("currency", "POUNDS"),
        ("currency", "E1"),
    ],
)
def test_what_no_city_can_have_is_refused_beside_its_field(
    client, unwritten, coordinator, field, value
):
    response = client.post(reverse("city:add"), form(**{field: value}))

    assert list(response.context["form"].errors) == [field]


def test_only_zones_that_every_browser_knows_are_offered(client, coordinator):
    page = client.get(reverse("city:add")).content.decode()

    assert '<option value="Europe/Madrid">' in page
    assert '<option value="localtime">' not in page


def test_the_list_shows_the_cities_in_their_order(client, coordinator):
    city_pair()

    text = client.get(reverse("city:index")).content.decode()

    assert text.index("Alder Bay") < text.index("Puerto Almendro")


def test_no_city_is_deleted(client, coordinator):
    alder, _puerto = city_pair()

    response = client.post(reverse("city:delete", args=(alder.pk,)))

    assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert City.objects.filter(pk=alder.pk).exists()


def test_a_city_that_joins_is_offered_the_next_place(client, unwritten, coordinator):
    city_pair()

    shown = client.get(reverse("city:add")).context["form"]

    assert shown["position"].value() == 2
    assert shown["joined_on"].value() == timezone.localdate()


def test_three_names_are_one_name():
    assert [as_one("ABC"[:number]) for number in range(4)] == ["", "A", "A & B", "A, B & C"]


def test_pages_are_sent_to_the_city_that_joins_under_the_names_of_all(
    client, coordinator, site_tree
):
    city_pair()
    review = ensure_review(site_tree)
    joining = form(code="third", position="2", name_en="Thirdham", name_es="Tercera")

    client.post(reverse("city:add"), joining)

    review.refresh_from_db()
    assert review.name == "Alder Bay + Puerto Almendro + Thirdham"
    assert review.workflow_tasks.count() == 4  # the last is any partner
