"""A city's own mark: refused where nobody could see it, and shown at its name."""

import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from wagtail.images.tests.utils import get_test_image_file

from home.media_kit.packing import pieces_of
from partnership.cities.logos import SIZE, why_unfit
from partnership.cities.models import City
from partnership.serving import public_changed
from tests.cities.test_cities import form
from tests.factories.cities import city_pair
from tests.factories.people import ResidentFactory
from tests.factories.reports import make_photo
from tests.media_kit.test_media_kit import make_kit

pytestmark = pytest.mark.django_db


def mark(colour="navy", size=(400, 200), description="Three waves", **fields):
    return make_photo(description, file=get_test_image_file(colour=colour, size=size), **fields)


def give(city, logo):
    city.logo = logo
    city.save()
    public_changed()


def counted(client, address):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    return page, len(queries)


def send(client, city, **fields):
    values = form(code=city.code, position=str(city.position), **fields)
    return client.post(reverse("city:edit", args=(city.pk,)), values)


@pytest.fixture
def coordinator(client):
    client.force_login(ResidentFactory(is_staff=True, is_superuser=True))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"size": (150, 80)}, "It is too small: choose one 200 pixels wide or 100 high."),
        ({"colour": "white"}, "It is too pale"),
        ({"colour": "#FFF6D0"}, "It is too pale"),
        ({"description": ""}, "Describe this photo in"),
    ],
)
def test_what_nobody_could_see_or_hear_is_refused_beside_the_field(
    client, unwritten, coordinator, fields, words
):
    city, _other = city_pair()

    refused = send(client, city, logo=mark(**fields).pk)

    assert refused.status_code == 200
    assert refused.context["form"].errors["logo"][0].startswith(words)
    assert City.objects.get(pk=city.pk).logo is None


def test_a_mark_is_chosen_and_its_size_is_made_at_once(client, coordinator):
    city, _other = city_pair()
    logo = mark()

    assert send(client, city, logo=logo.pk).status_code == 302

    assert City.objects.get(pk=city.pk).logo == logo
    assert logo.renditions.filter(filter_spec=SIZE).count() == 1
    assert why_unfit(None) == ""


def test_every_page_shows_it_at_the_name_in_the_readers_language_at_no_query_more(
    client, site_tree
):
    alder, _puerto = city_pair()
    client.get("/en/open-data/")
    plain, before = counted(client, "/en/open-data/?before")
    give(alder, mark(description_es="Tres olas"))
    alder.logo.get_rendition(SIZE)
    client.get("/en/open-data/")

    english, after = counted(client, "/en/open-data/?after")
    with override("es"):
        spanish = client.get(reverse("open_data")).content.decode()

    foot = english[english.index("<footer") :]
    assert 'alt="Three waves"' in foot
    assert foot.count("<img") == 1
    assert "<img" not in plain[plain.index("<footer") :]
    assert 'alt="Tres olas"' in spanish
    assert after == before


def test_the_media_kit_shows_it_and_hands_it_out_as_it_was_brought_in(client, site_tree):
    alder, _puerto = city_pair()
    kit = make_kit()
    assert b"its own mark" not in b"".join(pieces_of(kit, "en"))
    logo = mark()
    give(alder, logo)

    words = "The marks of the cities are in it as the cities gave them."
    page = client.get(kit.url_in("en")).content.decode()
    assert words in page
    archive = zipfile.ZipFile(BytesIO(b"".join(pieces_of(kit, "en"))))

    kept = archive.read("marks/alder.png")
    with logo.file.storage.open(logo.file.name) as file:
        assert kept == file.read()
    assert "its own mark" in archive.read("README.txt").decode()
    assert page[: page.index("<footer")].count('alt="Three waves"') == 1


def test_a_photo_that_is_a_mark_is_not_deleted(client, coordinator):
    alder, _puerto = city_pair()
    logo = mark()
    give(alder, logo)

    answer = client.post(reverse("wagtailimages:delete", args=(logo.pk,)), follow=True)

    assert "It cannot be deleted while this needs it:" in answer.content.decode()
    assert type(logo).objects.filter(pk=logo.pk).exists()
