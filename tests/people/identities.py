"""What the tests of identity providers share: a provider, and a browser that goes and returns."""

from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.models import SocialAccount
from django.test import Client

from partnership.identity_setting import IdentityProvider
from partnership.people.models import Resident
from tests.tools.identity_provider import CLIENT, PERSON, SECRET, Provider

EMAIL, SUBJECT = str(PERSON["email"]), str(PERSON["sub"])
START, DONE = "/en/account/sign-in/with/1/", "/en/account/sign-in/with/1/done/"
CONNECTED, JOIN = "/en/account/connected/", "/en/account/join/details/"
ADDRESS = "/en/account/join/address/"


def told_by(server: Provider, **changes: Any) -> IdentityProvider:
    """Return what the settings say of it: it answers for the addresses of Alder Bay."""
    given: dict[str, Any] = {
        "number": 1,
        "issuer": server.issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "names": {"en": "Town hall account", "es": "Cuenta municipal"},
        "domains": frozenset(("alderbay.example",)),
        "origins": (server.issuer,),
    }
    return IdentityProvider(**(given | changes))


def connect(resident: Resident, server: Provider) -> SocialAccount:
    return SocialAccount.objects.create(user=resident, provider=server.issuer, uid=SUBJECT)


def led_back(address: str) -> str:
    """Be the browser at the provider; return where it is sent."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{parts.query}")
    back = connection.getresponse().getheader("Location")
    connection.close()
    return str(back).removeprefix("http://testserver")


def go(client: Client, address: str = START, **sent: str) -> Any:
    """Press the button, come back from the provider, and see what our page answers."""
    away = client.post(address, sent)
    returned = client.get(led_back(away["Location"]))
    return client.get(returned["Location"])
