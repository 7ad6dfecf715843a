"""Two that save at once: whoever was slower by a moment reads why, and loses nothing."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from wagtail.admin.views.pages.create import CreateView

from home.models import StandardPage
from partnership.pages.wording.doors import PastTheGate
from tests.factories.pages import add_page
from tests.pages.test_editing import create, errors, form

pytestmark = pytest.mark.django_db

TAKEN = {"title_en": "Somebody else's", "slug": "about-us", "local_slug_es": "de-otros"}
AS_ITSELF = {"headers": {"accept": "application/json"}}


@pytest.fixture
def between(monkeypatch):
    """Return a function: what it is given is done once a form was read, before it is saved."""

    def do(something):
        saving = PastTheGate.form_valid

        def later(view, form):
            something()
            return saving(view, form)

        monkeypatch.setattr(PastTheGate, "form_valid", later)

    return do


@pytest.fixture
def desk(client, editor, site_tree, between):
    """The front page; another page takes the address in between."""
    client.force_login(editor("alder"))
    between(lambda: add_page(site_tree, StandardPage, **TAKEN))
    return site_tree


@pytest.mark.parametrize("button", ["action-publish", "save"])
def test_an_address_taken_meanwhile_is_said_beside_its_field(client, desk, button):
    answer = create(client, desk, **{button: "1"}, title_en="About all of us")

    assert answer.status_code == 200
    assert list(errors(answer)) == ["slug"]
    assert "About all of us" in answer.text
    assert StandardPage.objects.filter(slug="about-us").count() == 1


def test_saving_by_itself_is_told_as_it_understands(client, desk):
    address = reverse("wagtailadmin_pages:add", args=("home", "standardpage", desk.pk))

    answer = client.post(address, form(), **AS_ITSELF)

    assert answer.status_code == 400
    assert answer.json()["error_code"] == "validation_error"
    assert answer.json()["error_message"].endswith("until this is mended: Address (English).")


def test_a_page_is_renamed_to_what_was_taken_meanwhile(
    client, unwritten, editor, site_tree, between
):
    client.force_login(editor("alder"))
    page = add_page(site_tree, StandardPage, title_en="Ours", slug="ours", local_slug_es="nuestra")
    between(lambda: add_page(site_tree, StandardPage, **TAKEN))

    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    answer = client.post(address, {**form(), "action-publish": "1"})

    assert answer.status_code == 200
    assert list(errors(answer)) == ["slug"]
    page.refresh_from_db()
    assert page.slug == "ours"


def test_a_place_in_the_tree_taken_meanwhile_is_said_in_words(
    client, editor, site_tree, monkeypatch
):
    def collide(*_arguments):
        raise IntegrityError("UNIQUE constraint failed: wagtailcore_page.path")

    client.force_login(editor("alder"))
    monkeypatch.setattr(CreateView, "form_valid", collide)

    answer = create(client, site_tree)

    said = "Somebody has just saved the same. Look at it again."
    assert errors(answer) == {"__all__": [said]}
    assert said in answer.text
