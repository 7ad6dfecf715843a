"""The media kit: refused without rights, one file for each language, the same bytes every time."""

import csv
import json
import re
import zipfile
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.utils.translation import override

from consultations.open_data import keeping
from home.media_kit.marks import PLATES, marks
from home.media_kit.models import KitPicture, MediaKitPage
from home.media_kit.packing import pieces_of
from home.media_kit.refusals import PictureNotDescribed, TooManyWords
from partnership.cities.models import City
from partnership.pages.languages import CODES, localized
from partnership.pages.wording.gate import NotReady
from tests.factories.cities import city_pair
from tests.factories.committees import make_contact
from tests.factories.home import in_every_language
from tests.factories.pages import add_page, in_languages, make_site
from tests.factories.reports import make_photo

pytestmark = pytest.mark.django_db

RIGHTS = ("caption", "credit", "licence")


@pytest.fixture(autouse=True)
def kept_here(tmp_path, settings):
    settings.OPEN_DATA_ROOT = tmp_path / "open-data"


def picture(**fields):
    words = {
        key: text
        for name in RIGHTS
        for key, text in in_languages(name, en=f"A {name}", es=f"Una {name}").items()
    }
    return KitPicture(photo=fields.pop("photo", None) or make_photo(), **{**words, **fields})


def make_kit(*pictures, **fields):
    titles = in_languages("title", en="Media kit", es="Dossier de prensa")
    texts = in_languages("short_text", en="Two harbours.", es="Dos puertos.")
    kit = add_page(make_site(), MediaKitPage, **{**titles, **texts, **fields})
    kit.pictures = list(pictures)
    kit.save()
    return MediaKitPage.objects.get(pk=kit.pk)


def opened(response):
    return zipfile.ZipFile(BytesIO(b"".join(response)))


# What readers see ------------------------------------------------------------------------------


def test_the_page_has_everything_and_a_file_for_each_language(client):
    city_pair()
    make_kit(picture(), press_contact=make_contact("Press office"))

    english = client.get("/en/media-kit/").content.decode()
    spanish = client.get("/es/dossier-de-prensa/").content.decode()

    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", english))
    assert "Two harbours." in shown
    assert "A caption A credit · A licence" in shown
    assert "Press office: schools@ alderbay.example" in shown
    for page in (english, spanish):
        assert 'href="/en/media-kit.zip"' in page
        assert 'href="/es/dossier-de-prensa.zip"' in page
    assert "Una caption" in spanish


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_for_any_number(client, django_assert_num_queries, many):
    city_pair()
    kit = make_kit(*(picture(sort_order=number) for number in range(many)))
    client.get("/es/dossier-de-prensa/")  # makes the small pictures

    with django_assert_num_queries(8):
        shown = client.get(kit.url_in("en")).content.decode()

    assert shown.count("A licence") == many


# What it refuses -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("lacking", [CODES, CODES[1:]], ids=["all", "one"])
def test_a_picture_without_a_stated_right_in_every_language_is_not_published(name, lacking):
    kit = make_kit(live=False)
    kit.pictures = [picture(**{localized(name, code): "" for code in lacking})]

    with pytest.raises(NotReady):
        kit.save_revision().publish()

    assert not MediaKitPage.objects.get(pk=kit.pk).live


def test_a_picture_that_nobody_described_is_not_published():
    undescribed = make_photo(**{localized("description", "es"): ""})
    kit = make_kit(live=False)
    kit.pictures = [picture(photo=undescribed)]

    with pytest.raises(PictureNotDescribed, match="Spanish"):
        kit.save_revision().publish()


def test_a_short_text_is_short():
    kit = make_kit(live=False, **in_every_language("short_text", "word " * 51))

    with pytest.raises(TooManyWords) as refused:
        kit.save_revision().publish()

    assert str(refused.value) == "At most 50 words."
    assert refused.value.field in {"short_text_en", "short_text_es"}


# The file --------------------------------------------------------------------------------------


@pytest.mark.both
def test_the_file_is_in_one_language_and_says_itself_whether_it_is_whole(client):
    city_pair()
    make_kit(picture(), press_contact=make_contact())

    archive = opened(client.get("/es/dossier-de-prensa.zip"))

    listed = json.loads(archive.read("manifest.json"))
    assert listed["language"] == "es"
    assert {each["path"]: each["sha256"] for each in listed["files"]} == {
        name: sha256(archive.read(name)).hexdigest()
        for name in archive.namelist()
        if name != "manifest.json"
    }
    assert archive.read("texts/short.txt").decode() == "Dos puertos.\n"
    assert "schools@alderbay.example" in archive.read("README.txt").decode()
    rights = list(csv.reader(StringIO(archive.read("rights.csv").decode("utf-8-sig"))))
    [path] = [name for name in archive.namelist() if name.startswith("pictures/")]
    assert rights[1][:4] == [path, "Una caption", "Una credit", "Una licence"]
    assert path == "pictures/01-una-caption.png"
    assert b"Puerto Almendro" in archive.read("names.csv")


def test_the_same_kit_makes_the_same_bytes_whatever_language_is_read():
    city_pair()
    kit = make_kit(picture())

    first = b"".join(pieces_of(kit, "en"))
    with override("es"):
        second = b"".join(pieces_of(kit, "en"))

    assert first == second


def test_it_is_made_once_and_kept(client, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": "pages"}}
    city_pair()
    make_kit()

    first = b"".join(client.get("/en/media-kit.zip"))

    assert [path.name.startswith("media-kit-en-") for path in keeping._files()] == [True]
    assert b"".join(client.get("/en/media-kit.zip")) == first


@pytest.mark.parametrize("fields", [None, {"live": False}], ids=["none", "draft"])
def test_without_a_published_kit_there_is_no_file(client, fields):
    if fields:
        make_kit(**fields)

    assert client.get("/en/media-kit.zip").status_code == 404
    with pytest.raises(CommandError, match="no published media kit"):
        call_command("media_kit", output="kit.zip")


def test_the_command_writes_what_the_address_hands_out(client, tmp_path):
    city_pair()
    kit = make_kit(picture())

    call_command("media_kit", language="es", output=str(tmp_path / "kit.zip"), verbosity=0)

    assert (tmp_path / "kit.zip").read_bytes() == b"".join(pieces_of(kit, "es"))
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["kit.zip"]


# Marks -----------------------------------------------------------------------------------------


def test_marks_stand_alone_in_the_inks_of_the_cities():
    drawn = marks([City(code="x", position=0, ink="#1D4E89")])

    assert set(drawn) == {"mark", "skyline", "ribbon"}
    for svg in drawn.values():
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
        assert ".ink-a{fill:#1D4E89;color:#1D4E89}" in svg
        assert "var(" not in svg


def test_the_plates_are_those_of_the_style_sheet():
    tokens = (Path(site_settings.ROOT_DIR) / "site/static/css/tokens.css").read_text("utf-8")

    assert {name: f"#{PLATES[name][1:]}" for name in PLATES} == dict(
        re.findall(r"--plate-(\w+): (#\w+);", tokens)
    )
