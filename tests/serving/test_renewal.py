"""What changes a public page renews the pages, once it is committed and not before."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from home.models import PartnershipSettings, StandardPage
from partnership.pages.models import Photo
from partnership.serving import cache, public_changed
from tests.factories.cities import city_pair
from tests.factories.pages import add_page, make_site


@pytest.fixture
def renews(page_cache, django_capture_on_commit_callbacks):
    """Return a function that says whether doing something renewed the pages."""

    def does_it(work) -> bool:
        before = cache.version()
        with django_capture_on_commit_callbacks(execute=True):
            work()
        return cache.version() != before

    return does_it


def change_draft(page):
    page.title_en = page.title_es = "New title"
    page.save_revision()


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


PAGE_CHANGES = {
    "publishing": lambda page: page.save_revision().publish(),
    "unpublishing": lambda page: page.unpublish(),
    "deleting": lambda page: page.delete(),
    "moving": lambda page: page.move(page.get_parent().get_children().first(), pos="last-child"),
    "making it private": make_private,
}


@pytest.mark.django_db
@pytest.mark.parametrize("change", PAGE_CHANGES.values(), ids=PAGE_CHANGES.keys())
def test_a_page_renews_by(change, renews):
    front_page = make_site()
    add_page(front_page, StandardPage, title="First")
    page = add_page(front_page, StandardPage, title="Second")

    assert renews(lambda: change(page))


@pytest.mark.django_db
def test_a_draft_renews_nothing(renews):
    page = add_page(make_site(), StandardPage, title="About us")

    assert not renews(lambda: change_draft(page))


@pytest.mark.django_db
def test_settings_redirects_cities_and_photos_renew(renews, tmp_path):
    front_page = make_site()
    alder, _puerto = city_pair()
    file = tmp_path / "photo.png"
    Image.new("RGB", (8, 8)).save(file)
    photo = Photo(title="Harbour", file=ContentFile(file.read_bytes(), name="photo.png"))

    assert renews(PartnershipSettings(tagline="One site").save)
    assert renews(Redirect(old_path="/old", redirect_page=front_page).save)
    assert renews(alder.save)
    assert renews(photo.save)
    assert renews(photo.delete)


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_rolled_back_renews_nothing(page_cache):
    before = cache.version()

    with transaction.atomic():
        public_changed()
        transaction.set_rollback(True)

    assert cache.version() == before


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("renewed", [True, False], ids=["renewed", "control: never renewed"])
def test_a_reader_during_an_uncommitted_publish_never_freezes_the_old_page(
    page_cache, run_in_threads, monkeypatch, renewed
):
    page = add_page(make_site(), StandardPage, title="Old title")
    url = page.get_url()
    assert b"Old title" in Client().get(url).content
    cache.renew()  # nothing is kept when the reader comes
    if not renewed:
        monkeypatch.setattr(cache, "renew", lambda: None)
        monkeypatch.setattr("partnership.serving.cache.renew", lambda: None)

    with transaction.atomic():
        page.title_en = page.title_es = "New title"
        page.save_revision().publish()
        [during] = run_in_threads(lambda number: Client().get(url).content, times=1)
    after = Client().get(url).content

    assert b"Old title" in during
    assert (b"New title" in after) is renewed


@pytest.mark.django_db
def test_a_kept_page_costs_no_query(page_cache, client, django_assert_num_queries):
    page = add_page(make_site(), StandardPage, title="About us")
    first = client.get(page.get_url())

    with django_assert_num_queries(0):
        again = client.get(page.get_url())

    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["X-Content-Type-Options"] == "nosniff"
