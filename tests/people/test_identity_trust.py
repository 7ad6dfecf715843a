"""A provider that lies, hangs or says no, and somebody who meddles with the way back."""

import json
import time
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client

from partnership.people.identity import asking
from partnership.people.models import Resident
from tests.factories.people import ResidentFactory
from tests.people.identities import (
    ADDRESS,
    DONE,
    EMAIL,
    JOIN,
    START,
    SUBJECT,
    connect,
    go,
    led_back,
    told_by,
)
from tests.tools.identity_provider import CLIENT, SECRET, Provider, new_key


def lies(**claims: Any) -> Any:
    return lambda provider: provider.lies.update(claims)


def forge(provider: Provider) -> None:
    provider.signs_with = new_key()


def sign_with_the_secret(provider: Provider) -> None:
    provider.signs_with, provider.algorithm = SECRET, "HS256"


def sign_not_at_all(provider: Provider) -> None:
    provider.signs_with, provider.algorithm = None, "none"


HOSTILE = {
    "another key": forge,
    "the shared secret": sign_with_the_secret,
    "no signature": sign_not_at_all,
    "another nonce": lies(nonce="0" * 64),
    "another audience": lies(aud="another-site"),
    "another party": lies(aud=[CLIENT, "another"], azp="another"),
    "another issuer": lies(iss="https://evil.example"),
    "expired": lies(exp=int(time.time()) - 600),
    "no subject": lies(sub=""),
    "a subject that is none": lies(sub={"$gt": ""}),
    "a list for a token": lambda provider: provider.bodies.update({"/token": b'["access_token"]'}),
    "keys that are none": lambda provider: provider.bodies.update({"/keys": b"[[[]]]"}),
    "no end of brackets": lambda provider: provider.bodies.update({"/keys": b"[" * 100_000}),
}


@pytest.mark.parametrize("lie", HOSTILE.values(), ids=HOSTILE)
def test_an_answer_that_cannot_be_trusted_signs_nobody_in(client, provider, known, lie: Any):
    connect(known, provider)
    lie(provider)

    answer = go(client)

    assert answer.status_code == 400
    assert "cannot trust" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_who_calls_itself_otherwise_is_not_the_provider(client, provider):
    body = json.dumps(provider.discovery() | {"issuer": "https://evil.example"}).encode()
    provider.bodies["/.well-known/openid-configuration"] = body

    assert client.post(START).status_code == 400


def test_a_page_where_no_button_may_lead_is_not_gone_to(client, provider, caplog):
    body = json.dumps(provider.discovery() | {"authorization_endpoint": "https://a.example/"})
    provider.bodies["/.well-known/openid-configuration"] = body.encode()

    assert client.post(START).status_code == 400
    assert "OIDC_ORIGINS must name" in caplog.text


def test_an_address_that_nobody_confirmed_opens_no_account(client, provider, known):
    provider.person["email_verified"] = False

    answer = go(client)

    assert client.get(answer["Location"])["Location"] == ADDRESS
    assert Resident.objects.get() == known
    assert get_user(client).is_anonymous


def test_an_address_told_beside_the_token_must_be_the_same_persons(client, provider, known):
    """As by providers that tell the address only when asked once more."""
    told = dict(provider.person)
    provider.person = {"sub": SUBJECT}
    provider.bodies["/userinfo"] = json.dumps(told | {"sub": "somebody else"}).encode()
    refused = go(client)
    provider.bodies["/userinfo"] = json.dumps(told).encode()

    go(client)

    assert refused.status_code == 400
    assert get_user(client) == known


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(client, provider, known):
    back = led_back(client.post(START)["Location"])
    stolen = Client().get(back, follow=True)
    client.get(back, follow=True)
    again = Client().get(back, headers={"accept-language": "es"}, follow=True)
    client.logout()
    replayed = client.get(DONE + "?" + back.partition("?")[2])

    assert [one.status_code for one in (stolen, again, replayed)] == [400, 400, 400]
    assert "Empieza" in again.content.decode()
    assert get_user(client).is_anonymous


def test_nobody_is_led_to_another_site(client, provider, known):
    answer = go(client, next="https://evil.example/")

    assert answer["Location"] == "/en/my-participation/"


def test_markup_in_a_name_is_shown_as_it_is(client, provider):
    provider.person["name"] = '"><script>alert(1)</script>' + "x" * 200

    asked = go(client)

    assert "<script>alert" not in client.get(asked["Location"]).content.decode()


def test_no_provider_opens_an_account_for_whom_another_one_answers(client, provider, settings):
    theirs = frozenset(("puerto.example",))
    told = told_by(provider, domains=theirs)
    other = {"number": 2, "issuer": "https://login.alderbay.example"}
    settings.IDENTITY_PROVIDERS = (told, told_by(provider, **other))

    answer = go(client)

    provider.person["email"] = "ana@example.org"
    nobodys = go(client)
    assert answer.status_code == 403
    assert "Another sign-in here answers" in answer.content.decode()
    assert nobodys["Location"] == JOIN
    assert client.get(JOIN)["Location"] == ADDRESS
    assert not Resident.objects.exists()


def test_a_provider_that_does_not_answer_for_an_address_learns_nothing_about_it(
    client, provider, settings
):
    told = told_by(provider, domains=frozenset(("puerto.example",)))
    other = {"number": 2, "issuer": "https://login.alderbay.example"}
    settings.IDENTITY_PROVIDERS = (told, told_by(provider, **other))

    nobody = go(client)
    ResidentFactory(email=EMAIL)
    somebody = go(client)

    assert nobody.status_code == somebody.status_code == 403
    assert "Another sign-in here answers" in somebody.content.decode()
    assert "There is an account" not in somebody.content.decode()


def test_what_a_newcomer_left_open_is_gone_for_whoever_has_the_device_next(
    client, provider, settings
):
    go(client, next="/en/events/")
    settings.ACCOUNT_LOGIN_TIMEOUT = -1

    shown = client.get(JOIN)

    joined = client.post(JOIN, {"name": "Eve", "city": "alder", "language_code": "en"})
    page = shown.content.decode()
    assert shown.status_code == 400
    assert EMAIL not in page
    assert "?next=%2Fen%2Fevents%2F" in page
    assert joined["Location"] == "/en/account/sign-in/"
    assert not Resident.objects.exists()


# A provider that is away


@pytest.mark.parametrize(
    ("error", "status"), [("access_denied", 403), ("server_error", 503), ("<b>nonsense", 400)]
)
def test_what_the_provider_refuses_is_said_and_the_way_back_stays(client, provider, error, status):
    provider.error = error

    answer = go(client, "/es/cuenta/entrar/con/1/", next="/es/eventos/")

    page = answer.content.decode()
    assert answer.status_code == status
    assert "Cuenta municipal" in page
    assert 'href="/es/cuenta/entrar/?next=%2Fes%2Feventos%2F"' in page


def test_a_provider_that_hangs_holds_nobody_up(client, provider, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.05)
    provider.seconds["/token"] = 0.3

    answer = go(client)

    assert answer.status_code == 503
    assert "does not answer at the moment" in answer.content.decode()


def test_all_questions_together_have_an_end(client, provider, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE_IN_ALL", 0)

    assert client.post(START).status_code == 503
    assert provider.asked == []


def test_an_answer_without_an_end_is_not_read(client, provider, monkeypatch):
    monkeypatch.setattr(asking, "LARGEST_ANSWER", 100)

    assert client.post(START).status_code == 503


def test_attempts_are_counted_as_those_with_a_password(client, provider, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    cache.clear()

    answers = [client.post(START).status_code for _ in range(2)]

    assert answers == [302, 429]
