"""The language is in the address; only the front door asks the browser."""

from urllib.parse import parse_qs

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from home.models import StandardPage
from partnership.pages.languages import alternates, language_links, name_in_words
from partnership.pages.views import preferred_language
from tests.factories.pages import add_page

SPANISH = {"HTTP_ACCEPT_LANGUAGE": "es-MX,es;q=0.9,en;q=0.8"}


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("fr,es;q=0.3", "es"),
        ("fr", None),
        ("", None),
        ("*", None),
        ("fr,*;q=0.1", None),
        ("x" * 5000, None),
        ("es;q=nonsense", None),
    ],
)
def test_the_door_leads_where_the_browser_asks(accepted, code):
    assert preferred_language(accepted) == code


@pytest.mark.parametrize(
    ("reader", "name"), [("en", "Polish"), ("es", "polaco"), ("de", "Polish"), ("xx", "Polish")]
)
def test_a_language_is_called_as_the_sentence_around_it_calls_it(reader, name):
    """Nobody has translated ours into German: “Write this in Polnisch” would mix two."""
    with translation.override(reader):
        said = name_in_words("pl")

    assert said == name


@pytest.mark.django_db
def test_the_front_door_redirects_and_is_never_stored(client, site_tree):
    response = client.get("/", **SPANISH)

    assert (response.status_code, response.url) == (302, "/es/")
    assert "no-store" in response.headers["Cache-Control"]
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.django_db
def test_a_reader_of_neither_language_is_asked(client, site_tree):
    response = client.get("/", HTTP_ACCEPT_LANGUAGE="fr")

    page = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert 'href="/en/" hreflang="en">English' in page
    assert 'href="/es/" hreflang="es">Español' in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/events/", "/admin-not-here/", "/es-mx/", "/fr/"])
def test_an_address_without_language_is_not_found_and_redirects_nobody(client, site_tree, address):
    response = client.get(address, **SPANISH)

    assert response.status_code == 404
    assert response.headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_the_browsers_language_changes_no_page(client, site_tree):
    response = client.get("/en/", **SPANISH)

    assert response.headers["Content-Language"] == "en"
    assert '<html lang="en"' in response.content.decode()


def asked_for(address, code, page=None):
    """Return a request as a view of that address sees it."""
    request = RequestFactory().get(address)
    translation.activate(code)
    request.resolver_match = resolve(request.path)
    if page:
        request.shown_page = page
    return request


@pytest.mark.django_db
def test_the_switcher_keeps_the_page_and_what_was_looked_for(site_tree):
    page = add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")
    request = asked_for("/en/about-us/?q=bus+stop&page=2&token=secret", "en", page)

    links = language_links(request)

    assert links == [
        {
            "code": "en",
            "name": "English",
            "url": "/en/about-us/?q=bus+stop&page=2",
            "current": True,
        },
        {
            "code": "es",
            "name": "Español",
            "url": "/es/quienes-somos/?q=bus+stop&page=2",
            "current": False,
        },
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kept",
    [
        "comments=2&order=oldest&city=alder-bay&voice=school",
        "q=shade&order=shared&neighbourhood=el-faro",
        "led_by=together&state=done",
        "q=shade&in=comments",
        "outcome=mixed",
        "serves=4",
    ],
)
def test_the_switcher_keeps_what_is_chosen_in_lists(site_tree, kept):
    page = add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")

    [_own, other] = language_links(asked_for(f"/en/about-us/?{kept}&saved=secret", "en", page))

    assert parse_qs(other["url"].partition("?")[2]) == parse_qs(kept)


@pytest.mark.django_db
def test_the_switcher_changes_the_language_that_is_read_beside(site_tree):
    page = add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")

    links = language_links(asked_for("/en/about-us/?beside=es", "en", page))

    assert [link["url"].partition("?")[2] for link in links] == ["beside=es", "beside=en"]


@pytest.mark.django_db
def test_the_switcher_says_once_what_a_form_is_about_and_the_address_says_too(site_tree):
    page = add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")
    request = asked_for("/en/about-us/?q=%20shade", "en", page)
    request.form_is_about = {"q": "shade"}

    assert language_links(request)[1]["url"].endswith("/?q=shade")


@pytest.mark.django_db
def test_the_switcher_leads_to_the_front_page_where_nothing_was_found(site_tree):
    request = asked_for("/en/nothing-here/", "en")

    assert [link["url"] for link in language_links(request)] == ["/en/", "/es/"]


@pytest.mark.django_db
def test_the_switcher_finds_other_views_in_the_other_language(client, site_tree):
    with translation.override("en"):
        from django.urls import reverse

        address = reverse("account_login")
    with translation.override("es"):
        spanish = reverse("account_login")

    links = language_links(asked_for(address, "en"))

    assert links[1]["url"] == spanish


@pytest.mark.django_db
def test_other_readers_start_at_the_choice_or_in_the_first_language(site_tree):
    page = add_page(site_tree, StandardPage, title_en="About us", title_es="Quiénes somos")

    front = alternates(asked_for("/es/", "es", site_tree))
    inner = alternates(asked_for("/es/quienes-somos/", "es", page))

    assert front[-1] == {"code": "x-default", "url": "http://testserver/"}
    assert inner[-1] == {"code": "x-default", "url": "http://testserver/en/about-us/"}
    assert inner[1] == {"code": "es", "url": "http://testserver/es/quienes-somos/"}
