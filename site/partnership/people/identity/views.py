"""To the provider and back, the questions to a newcomer, and what an account is connected with."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.internal.flows.signup import get_pending_signup
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import SignupView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from partnership.pages import languages
from partnership.pages.views import preferred_language
from partnership.people.identity import leaving, providers, proving, services
from partnership.people.identity.asking import patiently
from partnership.people.identity.forms import NewcomerForm
from partnership.people.identity.page import problem_page, too_late
from partnership.people.identity.problems import Problem, TooLate
from partnership.people.identity.providers import CityProvider

APP = "allauth.socialaccount"


@require_POST
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Lead to the provider, with a question that only this browser knows."""
    provider = _provider(request, number)
    process = AuthProcess.CONNECT if "connect" in request.POST else AuthProcess.LOGIN
    if process == AuthProcess.CONNECT and is_reauthentication_required(request, app=APP):
        return redirect("socialaccount_connections")  # which asks who it is
    if process == AuthProcess.LOGIN and request.user.is_authenticated:
        return redirect("my_participation")
    refusal = ratelimit.consume_or_429(request, action="login")
    return refusal or _led_away(request, provider, process)


def _led_away(request: HttpRequest, provider: CityProvider, process: str) -> HttpResponse:
    wanted, language = get_next_redirect_url(request), languages.active()
    params = {"ui_locales": language}
    try:
        with patiently():
            answer: HttpResponse = provider.redirect(
                request, process, next_url=wanted, auth_params=params, language=language
            )
    except (Problem, RequestException) as error:
        state = {"process": process, "next": wanted}
        answer = render_authentication_error(
            request, provider, exception=error, extra_context={"state": state}
        )
    return answer


@require_safe
def come_back(request: HttpRequest, number: int) -> HttpResponse:
    """Go on in the language the question was asked in; providers know one address only."""
    _provider(request, number)
    if leaving.is_back(request):
        return leaving.front_page(request)
    asked = statekit.get_states(request).get(request.GET.get("state", ""))
    accepted = request.headers.get("Accept-Language", "")
    code = asked[0].get("language") if asked else preferred_language(accepted)
    with translation.override(languages.known_or_active(code)):
        onward = reverse("identity_done", args=(number,))
    return redirect(f"{onward}?{request.GET.urlencode()}")


@require_safe
def done(request: HttpRequest, number: int) -> HttpResponse:
    """Read the answer, and sign in or connect, ask the newcomer, or say what is wrong."""
    provider = _provider(request, number)
    questions = provider.get_oauth2_adapter(request)
    try:
        with patiently():
            answer: HttpResponse = OAuth2CallbackView.adapter_view(questions)(request)
    except IntegrityError:  # the same person, in two windows at the same moment
        return problem_page(request, TooLate(), provider, None)
    return answer


class NewcomerView(SignupView):
    """Asks once for what the account needs."""

    template_name = "account/newcomer.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask no more than half an hour after the answer, for others use the device, too."""
        pending = get_pending_signup(request)
        if pending and proving.is_old(pending):
            return too_late(request, pending)
        if pending and proving.is_needed(pending):
            return redirect("identity_address")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form_class(self) -> type[NewcomerForm]:
        return NewcomerForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        login = self.sociallogin
        return found | {"email": login.user.email, "provider_name": login.provider.name}

    def form_valid(self, form: NewcomerForm) -> HttpResponse:
        try:
            with transaction.atomic():
                answer: HttpResponse = super().form_valid(form)
        except IntegrityError:  # the same form, sent twice at the same moment
            return redirect("account_login")
        return answer


@require_http_methods(["GET", "POST"])
def connections(request: HttpRequest) -> HttpResponse:
    """Show which sign-ins an account is connected with, and take one away."""
    if not providers.told():
        raise Http404
    return _connections_of_whoever_it_is(request)


@reauthentication_required(app=APP)
def _connections_of_whoever_it_is(request: HttpRequest) -> HttpResponse:
    kept = list(SocialAccount.objects.filter(user=request.user).order_by("pk"))
    if request.method == "POST":
        return _disconnected(request, kept)

    rows = [{"kept": one, "name": _name(request, one)} for one in kept]
    known = {one.provider for one in kept}
    numbers = [one.number for one in providers.told() if one.issuer not in known]
    offered = [one for one in providers.offered() if one["number"] in numbers]
    return render(request, "account/connections.html", {"rows": rows, "offered": offered})


def _disconnected(request: HttpRequest, kept: list[SocialAccount]) -> HttpResponse:
    one = next((one for one in kept if str(one.pk) == request.POST.get("account")), None)
    if one and services.disconnect(request.user, pk=one.pk, provider_name=_name(request, one)):
        messages.success(request, _("The connection is removed."))
    return redirect("socialaccount_connections")


def _name(request: HttpRequest, kept: SocialAccount) -> str:
    """What the provider is called; where it is no more, whose it was."""
    provider = providers.of_issuer(request, kept.provider)
    return provider.name if provider else urlsplit(kept.provider).netloc


def _provider(request: HttpRequest, number: int) -> CityProvider:
    found = providers.numbered(request, number)
    if found is None:
        raise Http404
    return found
