"""What no screen sends is refused in the editor's language, and is never an error of ours."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from home.models import HomePage, StandardPage
from partnership.people.services import keep_admin_language
from tests.factories.pages import add_page
from tests.factories.people import ResidentFactory

pytestmark = pytest.mark.django_db
WORDS = "We could not read what was sent"
INLINE = {f"trace_steps-{part}_FORMS": "1" for part in ("TOTAL", "INITIAL")}


@pytest.fixture(params=("en", "es"))
def admin(request, client):
    client.raise_request_exception = False
    admin = ResidentFactory(is_staff=True, is_superuser=True, language_code=request.param)
    keep_admin_language(admin)
    client.force_login(admin)
    return admin


@pytest.fixture
def screen(site_tree):
    """Where a page with blocks in it is edited."""
    page = add_page(site_tree, StandardPage, title="Words")
    return reverse("wagtailadmin_pages:edit", args=(page.pk,))


def is_refused(answer, language):
    with override(language):
        return answer.status_code == 400 and gettext(WORDS) in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"body_en-count": "garbage", "body_es-count": "0"},
        {"body_en-count": "9999999999", "body_es-count": "0"},
        {"body_en-count": "1", "body_en-0-deleted": "", "body_en-0-order": "garbage"},
    ],
)
def test_blocks_that_cannot_be_read(client, admin, screen, sent):
    assert is_refused(client.post(screen, sent), admin.language_code)


def test_a_row_with_a_number_that_is_none(client, admin, site_tree):
    front = reverse("wagtailadmin_pages:edit", args=(HomePage.objects.get().pk,))

    answer = client.post(front, {**INLINE, "trace_steps-0-id": "garbage"})

    assert is_refused(answer, admin.language_code)


@pytest.mark.parametrize("where", ["garbage", "99999999999999999999"])
def test_an_address_to_go_on_to_that_is_none(client, admin, screen, where):
    """It is asked for before anything is saved."""
    before = StandardPage.objects.get().title_en
    blocks = {"body_en-count": "0", "body_es-count": "0"}

    answer = client.post(screen, {**blocks, "title_en": "Other", "next": where})

    assert is_refused(answer, admin.language_code)
    assert StandardPage.objects.get().get_latest_revision_as_object().title_en == before


def test_a_script_gets_the_words_alone(client, admin, screen):
    answer = client.post(screen, {}, headers={"x-requested-with": "XMLHttpRequest"})

    assert is_refused(answer, admin.language_code)
    assert answer["Content-Type"].startswith("text/plain")


def test_what_somebody_typed_stands_in_no_log(client, admin, screen, caplog):
    client.post(screen, {"body_en-count": "a secret"})

    told = [record.getMessage() for record in caplog.records]
    assert f"Unreadable form: {screen}: ValueError" in told
    assert "a secret" not in caplog.text


@pytest.mark.parametrize("kind", [ValueError, KeyError, TypeError])
def test_a_mistake_of_ours_stays_one(client, admin, screen, monkeypatch, kind):
    def fails(*_arguments, **_words):
        raise kind("ours")

    monkeypatch.setattr("wagtail.admin.views.pages.edit.EditView.post", fails)

    assert client.post(screen, {}).status_code == 500
