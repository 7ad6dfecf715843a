"""Health, error pages in the reader's language, inks, and the policies."""

from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path

from home.models import StandardPage
from partnership import urls as site_urls
from partnership.serving import health
from partnership.serving.models import Heartbeat
from tests.factories.cities import CityFactory, city_pair
from tests.factories.pages import add_page, make_site


@pytest.fixture(autouse=True)
def nothing_proved_yet(monkeypatch):
    monkeypatch.setattr(health, "_proved_at", None)


@pytest.fixture
def client_that_sees_errors() -> Client:
    return Client(raise_request_exception=False)


def database_is_away(execute, sql, params, many, context):
    raise OperationalError("could not connect to server at 10.0.0.1")


# Health ---------------------------------------------------------------------------------


def test_healthz_answers_without_a_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"alive\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_readyz_writes_one_row_however_often_it_is_asked(client, monkeypatch):
    for _time in range(3):
        monkeypatch.setattr(health, "_proved_at", None)
        assert client.get("/readyz").content == b"ready\n"

    assert Heartbeat.objects.count() == 1


@pytest.mark.django_db
def test_one_proof_is_enough_for_a_moment(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(0):
        assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_in_plain_words_that_the_database_is_away(client):
    with connection.execute_wrapper(database_is_away):
        response = client.get("/readyz")

    assert response.status_code == 503
    assert response["Content-Type"] == "text/plain"
    assert response.content == b"The database cannot be written (OperationalError).\n"


# Errors ---------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "es"])
def test_a_missing_page_is_reported_in_the_language_of_its_address(client, code):
    make_site()

    response = client.get(f"/{code}/nothing-here/", headers={"accept-language": "de"})

    assert response.status_code == 404
    assert f'<html lang="{code}"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "es"])
def test_while_the_database_is_away_readers_get_a_page_in_their_language(
    client_that_sees_errors, code
):
    make_site()

    with connection.execute_wrapper(database_is_away):
        response = client_that_sees_errors.get(f"/{code}/")

    text = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert f'<html lang="{code}"' in text
    assert "10.0.0.1" not in text
    assert "Traceback" not in text


def broken(request):
    raise RuntimeError("secret detail")


def full(request):
    with Path("/dev/full").open("wb", buffering=0) as device:
        device.write(b"picture")


urlpatterns = [
    path("en/broken/", broken),
    path("en/full/", full),
    *site_urls.urlpatterns,
]
handler500 = site_urls.handler500


@pytest.mark.urls("tests.serving.test_views")
def test_an_error_of_ours_says_nothing_about_itself(client_that_sees_errors):
    response = client_that_sees_errors.get("/en/broken/")

    assert response.status_code == 500
    assert "secret detail" not in response.content.decode()
    assert "Retry-After" not in response


@pytest.mark.urls("tests.serving.test_views")
def test_a_full_disk_is_said_to_pass(client_that_sees_errors):
    response = client_that_sees_errors.get("/en/full/")

    assert (response.status_code, response["Retry-After"]) == (503, "60")


def test_a_false_host_is_refused_with_a_page(client_that_sees_errors):
    response = client_that_sees_errors.get("/en/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert b"evil.example" not in response.content


# Inks -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_inks_of_the_cities_are_a_style_sheet(client):
    CityFactory(code="alder", position=0, ink="#1D4E89")
    CityFactory(code="puerto", position=1, ink="")

    css = client.get("/theme.css").content.decode()

    assert "--city-a: light-dark(#1D4E89, " in css
    assert "--city-b" not in css


@pytest.mark.django_db
def test_the_style_sheet_may_be_kept_for_good_only_under_its_version(client):
    city_pair()

    assert "immutable" in client.get("/theme.css?v=1a2b")["Cache-Control"]
    assert client.get("/theme.css")["Cache-Control"] == "no-cache"


# Policies -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_policy_of_readers_pages_allows_nothing_unsafe(client):
    page = add_page(make_site(), StandardPage, title="About us")

    policy = client.get(page.get_url())["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.django_db
def test_the_editor_gets_a_looser_policy_and_the_preview_a_frame(admin_client):
    page = add_page(make_site(), StandardPage, title="About us")

    editor = admin_client.get(f"/admin/pages/{page.pk}/edit/")["Content-Security-Policy"]
    preview = admin_client.get(f"/admin/pages/{page.pk}/view_draft/")["Content-Security-Policy"]

    assert "script-src 'self' 'unsafe-inline'" in editor
    assert "frame-src 'self'" in editor
    assert "unsafe" not in preview
    assert "frame-ancestors 'self'" in preview
