"""What the tests of accounts share."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from partnership.outbox.models import OutgoingMail
from partnership.people.models import Resident
from tests.factories.cities import city_pair
from tests.factories.people import PASSWORD, ResidentFactory
from tests.people.identities import EMAIL, told_by
from tests.tools.identity_provider import Provider

#: What somebody types who joins.
ANSWERS = {
    "name": "Ana Olmo",
    "email": "ana@example.org",
    "city": "puerto",
    "language_code": "es",
    "password1": "the boats come back",
    "organisation_name": "",
    "organisation_kind": "",
    "leave_this_empty": "",
}


def address_in(language: str, name: str) -> str:
    """Return the address of a page in one language."""
    with override(language):
        return reverse(name)


@pytest.fixture(autouse=True)
def cities(db: None) -> tuple[Any, Any]:
    """The two cities of the tests."""
    return city_pair()


@pytest.fixture
def join(client: Client) -> Callable[..., Any]:
    """Return a function that sends the form to join, changed as asked."""

    def send(language: str = "en", **changes: str) -> Any:
        return client.post(address_in(language, "account_signup"), ANSWERS | changes)

    return send


@pytest.fixture(autouse=True)
def mails_keep_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave mails waiting, as when the mail server is down: their codes can be read."""
    monkeypatch.setattr("partnership.outbox.delivery.is_resting", lambda: True)


def newest_mail(to: str = "ana@example.org") -> OutgoingMail:
    return OutgoingMail.objects.filter(to=to).latest("pk")


def code_in_newest_mail(to: str = "ana@example.org") -> str:
    """Read the code as a person would: from the text of the mail."""
    found = re.search(r"^\s+(\d{4}-\d{4})$", newest_mail(to).text, re.MULTILINE)
    assert found, newest_mail(to).text
    return found[1]


def confirm_by_mail(client: Client, to: str, then: str = "") -> Any:
    """Say once more who it is, as whoever has no password does, and go on to where one was."""
    onward = {"next": then} if then else {}
    client.post("/en/account/confirm/code/", {"recipient": to, **onward})
    code = code_in_newest_mail(to)
    return client.post("/en/account/confirm/code/enter/", {"code": code, **onward})


def confirm_by_password(client: Client) -> None:
    """Say once more who it is, as whoever has a password does."""
    assert client.post("/en/account/confirm/", {"password": PASSWORD}).status_code == 302


@pytest.fixture(scope="session")
def identity_server() -> Iterator[Provider]:
    server = Provider().start()
    yield server
    server.stop()


@pytest.fixture
def provider(identity_server: Provider, settings: Any) -> Provider:
    """An identity provider, honest until a test says otherwise."""
    identity_server.be_honest()
    settings.IDENTITY_PROVIDERS = (told_by(identity_server),)
    return identity_server


@pytest.fixture
def known() -> Resident:
    """An account with the address of the person whom the provider knows."""
    return ResidentFactory(email=EMAIL, language_code="en")
