"""Signing out of a city's identity provider, too: the next person at the device is not let in."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.factories.people import ResidentFactory
from tests.people.identities import connect, go, led_back, told_by

OUT, THERE = "/en/account/sign-out/", "/en/account/sign-out/of/1/"


@pytest.fixture
def let_in(client, provider, known):
    """Somebody whom the provider let in."""
    connect(known, provider)
    go(client)
    return known


def test_whoever_the_provider_let_in_may_sign_out_of_it_too(client, let_in, provider):
    here = client.post(OUT)
    asked = client.get(here["Location"])
    there = client.post(THERE)
    back = client.get(led_back(there["Location"]))

    words = asked.content.decode()
    told = parse_qs(urlsplit(there["Location"]).query)
    assert here["Location"] == THERE
    assert "_auth_user_id" not in client.session
    assert "You have signed out." in words
    assert "Sign out of Town hall account, too?" in words
    assert there["Location"].startswith(f"{provider.issuer}/sign-out?")
    assert told == {
        "client_id": ["sister-cities"],
        "post_logout_redirect_uri": ["http://testserver/sign-in/1/callback/"],
        "state": ["en"],
        "ui_locales": ["en"],
    }
    assert back["Location"] == "/en/"


def test_it_is_asked_and_led_back_in_the_language_of_the_page(client, let_in):
    here = client.post("/es/cuenta/salir/")
    words = client.get(here["Location"]).content.decode()
    there = client.post(here["Location"])

    assert here["Location"] == "/es/cuenta/salir/de/1/"
    assert "Cuenta municipal" in words
    assert client.get(led_back(there["Location"]))["Location"] == "/es/"


def test_nobody_else_is_asked(client, provider):
    client.force_login(ResidentFactory())

    assert client.post(OUT)["Location"] == "/en/"


def test_a_later_sign_in_by_other_means_is_not_asked_either(client, let_in, settings, provider):
    client.post(OUT)
    client.force_login(let_in)

    assert client.post(OUT)["Location"] == "/en/"


def test_where_the_provider_is_told_no_more_one_is_just_signed_out(client, let_in, settings):
    settings.IDENTITY_PROVIDERS = ()

    assert client.post(OUT)["Location"] == "/en/"
    assert client.get(THERE).status_code == 404


def test_whoever_is_still_in_signs_out_here_first(client, let_in):
    assert client.get(THERE)["Location"] == OUT
    assert client.post(THERE)["Location"] == OUT


@pytest.mark.parametrize("answer", [None, "", 1, "javascript:alert(1)", "ftp://x.example/out"])
def test_a_provider_without_such_a_page_is_said_to_have_none(client, let_in, provider, answer):
    told = provider.discovery()
    provider.discovery = lambda: told | {"end_session_endpoint": answer}
    try:
        client.post(OUT)
        refused = client.post(THERE)
    finally:
        del provider.discovery

    assert refused.status_code == 503
    assert "cannot sign you out from here at the moment" in refused.content.decode()


def test_so_is_one_that_is_away_or_leads_elsewhere(client, let_in, provider, settings):
    client.post(OUT)
    settings.IDENTITY_PROVIDERS = (told_by(provider, origins=("https://elsewhere.example",)),)
    elsewhere = client.post(THERE)
    settings.IDENTITY_PROVIDERS = (told_by(provider, issuer="http://127.0.0.1:9"),)
    away = client.post(THERE)

    assert [elsewhere.status_code, away.status_code] == [503, 503]


@pytest.mark.parametrize("state", ["", "xx", "\x00", "es" * 500, "//evil.example"])
def test_whatever_comes_back_leads_to_a_front_page(client, provider, state):
    back = client.get("/sign-in/1/callback/", {"state": state})

    assert back["Location"] in {"/en/", "/es/"}


def test_nobody_has_the_provider_asked_without_end(client, provider):
    answers = [client.post(THERE).status_code for _press in range(60)]

    assert answers[0] == 302
    assert answers[-1] == 429
