"""The configured providers as allauth wants them, and what we take from their answers."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property

from partnership.env import web_address
from partnership.identity_setting import IdentityProvider
from partnership.pages import languages
from partnership.people.identity.problems import Unclear
from partnership.people.identity.tokens import (
    confirmed_address,
    distrusting,
    has_second_step,
    nonce_of,
    told_address,
    verified,
)

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
USER_INFO = "userinfo_endpoint"
SIGN_OUT = "end_session_endpoint"
DISCOVERY = "/.well-known/openid-configuration"


class Questions(OpenIDConnectOAuth2Adapter):
    """What a provider is asked on the way; every answer is read with distrust."""

    nonce = ""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        """Where it answers; it must call itself what the settings call it."""
        told = self.get_provider().told
        with distrusting():
            found = self._asked(told.issuer.rstrip("/") + DISCOVERY)
            if found["issuer"] != told.issuer:
                raise Unclear("another issuer")
            for name in (*ENDPOINTS, *({USER_INFO} & found.keys())):
                self._refuse_unfit(name, found[name])
        return found

    @property
    def authorize_url(self) -> str:
        """Its page for signing in, if a button may lead there."""
        return self._fit_for_buttons(self.openid_config["authorization_endpoint"])

    @property
    def sign_out_url(self) -> str:
        """Its page for signing out, likewise; raises Unclear where it names none."""
        address: Any = self.openid_config.get(SIGN_OUT)
        self._refuse_unfit(SIGN_OUT, address)
        return self._fit_for_buttons(address)

    def _refuse_unfit(self, name: str, address: Any) -> None:
        parts = web_address(address) if isinstance(address, str) else None
        is_open = self.get_provider().told.issuer.startswith("http:")
        if parts is None or not (is_open or parts.scheme == "https"):
            raise Unclear(name)

    def _fit_for_buttons(self, address: str) -> str:
        """Return it if a button may lead there: browsers would say nothing."""
        parts = web_address(address)
        if parts and f"{parts.scheme}://{parts.netloc}" not in self.get_provider().told.origins:
            raise Unclear(f"OIDC_ORIGINS must name where {address} is")
        return address

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """One address for all languages, since providers are told it beforehand."""
        return build_absolute_uri(request, reverse("identity_return", args=(app.key,)))

    def get_access_token_data(self, *args: Any, pkce_code_verifier: str = "") -> dict[str, Any]:
        self.nonce = nonce_of(pkce_code_verifier)
        with distrusting():
            answer = super().get_access_token_data(*args, pkce_code_verifier=pkce_code_verifier)
            if not isinstance(answer, dict):
                raise Unclear("token")
        return answer

    def parse_token(self, data: Any) -> None:
        """Keep no token: nothing is ever asked again."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: None, **kwargs: Any
    ) -> SocialLogin:
        provider, answer = self.get_provider(), kwargs["response"]
        with distrusting():
            claims = self._claims(answer, provider.told)
            login = provider.sociallogin_from_response(request, claims)
        login.told_address = told_address(claims)
        login.did_second_step = provider.told.trusts_amr and has_second_step(claims)
        return login

    def _claims(self, answer: dict[str, Any], told: IdentityProvider) -> dict[str, Any]:
        claims = verified(
            answer["id_token"],
            keys=self._asked(self.openid_config["jwks_uri"]),
            issuer=told.issuer,
            client_id=told.client_id,
            nonce=self.nonce,
        )
        if "email" in claims or USER_INFO not in self.openid_config:
            return claims
        more = self._fetch_user_info(answer["access_token"])
        if more["sub"] != claims["sub"]:
            raise Unclear("somebody else's")
        return more | claims

    def _asked(self, address: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address)
            answer.raise_for_status()
            return answer.json()


class CityProvider(OpenIDConnectProvider):
    """One of the providers of the settings."""

    oauth2_adapter_class = Questions

    def __init__(self, request: HttpRequest, told: IdentityProvider) -> None:
        self.told = told
        app = SocialApp(
            provider=self.id,
            provider_id=told.issuer,
            name=told.names[languages.active()],
            client_id=told.client_id,
            secret=told.client_secret,
            key=str(told.number),
            settings={"scope": list(told.scopes)},
        )
        super().__init__(request, app=app)

    def get_pkce_params(self) -> dict[str, Any]:
        """A new verifier for every question, and the nonce that goes with it."""
        found = generate_code_challenge()
        return found | {"nonce": nonce_of(found["code_verifier"])}

    def serialize(self) -> dict[str, Any]:
        return {"id": self.told.issuer}

    def extract_uid(self, data: dict[str, Any]) -> str:
        subject: str = data["sub"]
        return subject

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"iss": data["iss"], "sub": data["sub"]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": self._vouched_address(data), "name": data.get("name")}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        email = self._vouched_address(data)
        return [EmailAddress(email=email, verified=True, primary=True)] if email else []

    def _vouched_address(self, data: dict[str, Any]) -> str:
        """Return the address it calls confirmed, where it answers for such addresses.

        Of any other its word counts for nothing: it would learn whether there is an account, and
        take over what somebody else did as a guest.
        """
        email = confirmed_address(data)
        return email if email.rpartition("@")[2] in self.told.domains else ""


def offered() -> list[dict[str, Any]]:
    """Return what the buttons say and where they lead; asks no table."""
    code = languages.active()
    return [{"number": one.number, "name": one.names[code]} for one in told()]


def told() -> tuple[IdentityProvider, ...]:
    """Return the providers of the settings, mostly none."""
    found: tuple[IdentityProvider, ...] = settings.IDENTITY_PROVIDERS
    return found


def is_answered_by_another(email: str, than: IdentityProvider) -> bool:
    """Whether other providers answer for an address, and this one does not."""
    domain = email.rpartition("@")[2]
    return domain not in than.domains and any(domain in one.domains for one in told())


def numbered(request: HttpRequest, number: int) -> CityProvider | None:
    """Return the provider that has this number in the settings."""
    return next((CityProvider(request, one) for one in told() if one.number == number), None)


def of_issuer(request: HttpRequest, issuer: str) -> CityProvider | None:
    """Return the provider of this issuer, whatever its number is by now."""
    return next((CityProvider(request, one) for one in told() if one.issuer == issuer), None)
