"""Error pages: said in every partner language, and the gravest need nothing at all."""

import re

import pytest
from django.template.loader import get_template
from django.utils import translation


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_the_plain_pages_need_no_request_and_no_database(name: str):
    with translation.override("es"):
        html = get_template(name).render()

    assert '<html lang="es" dir="ltr">' in html
    assert html.index('<section class="page-head" lang="es">') < html.index(
        '<section class="page-head" lang="en">'
    )
    assert html.count("<h1>") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "429.html"])
def test_the_framed_pages_say_it_in_every_language(name: str, rf, site_tree):
    request = rf.get("/en/nowhere/")

    html = get_template(name).render(request=request)

    assert html.count('<section class="page-head" lang="') == 2
    assert '<a class="btn" href="/en/">' in html
    assert '<a class="btn btn-quiet" href="/es/">' in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.django_db
def test_who_is_lost_can_search_in_every_language(rf, site_tree):
    html = get_template("404.html").render(request=rf.get("/en/nowhere/"))

    assert '<a class="btn btn-quiet" href="/en/search/">' in html
    assert '<a class="btn btn-quiet" href="/es/buscar/">' in html


@pytest.mark.parametrize("name", ["400.html", "500.html"])
@pytest.mark.parametrize(
    ("reader", "said"), [("pl", ["en", "es"]), ("es", ["es", "en"]), ("en", ["en", "es"])]
)
def test_a_language_without_a_catalogue_does_not_say_the_same_words_again(
    name, reader, said, monkeypatch
):
    monkeypatch.setattr("partnership.pages.languages.CODES", ("en", "es", "pl"))
    with translation.override(reader):
        html = get_template(name).render()

    assert re.findall('class="page-head" lang="(.*?)"', html) == said
    assert f'href="/{reader}/"' in html
