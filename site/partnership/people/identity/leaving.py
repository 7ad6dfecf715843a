"""Out at the provider, too: on a shared device it would let the next person in as you."""

from typing import Any
from urllib.parse import urlencode

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods
from requests import RequestException

from partnership.pages import languages
from partnership.pages.views import preferred_language
from partnership.people.identity import providers
from partnership.people.identity.asking import patiently
from partnership.people.identity.page import note_trouble
from partnership.people.identity.problems import Problem

#: The provider that let somebody in, in their session.
THROUGH = "identity.through"


def note(request: HttpRequest, **signal: Any) -> None:
    """Keep for the session that begins through whom, if anybody, its resident came in."""
    if through := signal.get("sociallogin"):
        request.session[THROUGH] = through.account.provider


def onward_address(request: HttpRequest) -> str | None:
    """Where a sign-out leads whoever a provider let in; None for all others."""
    issuer = request.session.get(THROUGH)
    through = next((one for one in providers.told() if one.issuer == issuer), None)
    return reverse("identity_sign_out", args=(through.number,)) if through else None


@require_http_methods(["GET", "HEAD", "POST"])
def sign_out_there(request: HttpRequest, number: int) -> HttpResponse:
    """Say that the provider still knows who it is, and lead to its page for signing out."""
    provider = providers.numbered(request, number)
    if provider is None:
        raise Http404
    if request.user.is_authenticated:
        return redirect("account_logout")
    shown: dict[str, Any] = {"provider_name": provider.name}
    if request.method == "POST":
        if refusal := ratelimit.consume_or_429(request, action="login"):
            return refusal  # as on the way in: each press asks the provider where to go
        try:
            with patiently():
                return redirect(_address_there(request, provider))
        except (Problem, RequestException) as error:
            note_trouble(provider, error)
            shown["has_failed"] = True
    status = 503 if "has_failed" in shown else 200
    return render(request, "account/signed_out_here.html", shown, status=status)


def _address_there(request: HttpRequest, provider: providers.CityProvider) -> str:
    """OpenID Connect RP-Initiated Logout 1.0, section 2; without a token it asks who it is.

    It leads back to the address that it was told for signing in, which is one more than it must.
    """
    questions = provider.get_oauth2_adapter(request)
    asked = {
        "client_id": provider.told.client_id,
        "post_logout_redirect_uri": questions.get_callback_url(request, provider.app),
        "state": languages.active(),
        "ui_locales": languages.active(),
    }
    address: str = questions.sign_out_url
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def is_back(request: HttpRequest) -> bool:
    """Whether the provider leads back from a sign-out: an answer to a sign-in has one of these."""
    return not {"code", "error"} & request.GET.keys()


def front_page(request: HttpRequest) -> HttpResponse:
    """Lead to the front page, in the language of the sign-out if it was told."""
    accepted = request.headers.get("Accept-Language", "")
    code = request.GET.get("state") or preferred_language(accepted)
    with translation.override(languages.known_or_active(code)):
        return redirect(f"/{languages.active()}/")
