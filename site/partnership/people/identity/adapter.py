"""How allauth decides about identities: whom they belong to, and what is said when they cannot."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, Provider
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from requests import RequestException

from partnership.people import guests
from partnership.people.identity import problems, proving, second_step, services
from partnership.people.identity.asking import BriefSession
from partnership.people.identity.page import problem_page
from partnership.people.identity.providers import is_answered_by_another, of_issuer
from partnership.people.models import Resident

LONGEST_REASON = 300  # characters, for the log


class NoSuchProvider(SocialApp.DoesNotExist, ValueError):  # noqa: N818 - as its base
    """It was configured when somebody began to sign in; what their session holds is void."""


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Providers come from the settings alone, and accounts from a confirmed address."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> Provider:
        """Return the provider of an issuer; raises NoSuchProvider when there is none."""
        found = of_issuer(request, provider)
        if found is None:
            raise NoSuchProvider
        return found

    def list_apps(self, *args: Any, **kwargs: Any) -> list[SocialApp]:
        """Ask no table: what is set up in the environment is set up nowhere else."""
        return []

    def get_requests_session(self) -> BriefSession:
        return BriefSession()

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """Twice as long as allauth's."""
        return super().generate_state_param(state) + super().generate_state_param(state)

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Resident:
        resident, name = sociallogin.user, data.get("name")
        resident.email = data.get("email") or ""
        resident.name = name[:80] if isinstance(name, str) else ""
        return resident

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, Any]:
        return {"name": sociallogin.user.name}

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Resident, str] | None:
        """Find the account of an address that the provider answers for."""
        email = sociallogin.user.email  # empty where it does not
        found = Resident.objects.filter(email__iexact=email).first() if email else None
        return (found, email) if found else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away whom the answer gives no account, before anything is written."""
        sociallogin.state[second_step.DONE] = sociallogin.did_second_step
        proving.note_answer(sociallogin)
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        resident, is_new_here = sociallogin.user, sociallogin.account.pk is None
        if resident.pk is None and not resident.email:
            self._prove_address(request, sociallogin)
        elif resident.pk is not None and not resident.is_active:
            raise ImmediateHttpResponse(redirect(reverse("account_inactive")))
        elif resident.pk is not None and is_new_here:
            services.prove_address(resident)

    def _prove_address(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Have a code sent there; before it is typed nothing depends on who has the address."""
        email, provider = sociallogin.told_address, sociallogin.provider
        problem: problems.Problem | None = None
        if not email:
            problem = problems.AddressUnconfirmed()
        elif is_answered_by_another(email, provider.told):
            problem = problems.AddressOfAnother()
        if problem:
            page = problem_page(request, problem, provider, sociallogin.state)
            raise ImmediateHttpResponse(page)
        proving.begin(request, sociallogin, email)

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> Resident:
        """Make the account; what they did as a guest with that address becomes its own."""
        resident = super().save_user(request, sociallogin, form)
        guests.claim(resident)
        return resident

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("socialaccount_connections")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Provider,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say what happened on a page of ours; the way back goes on where there is one."""
        state = (extra_context or {}).get("state")
        problem = _problem(request, exception, has_state=state is not None)
        raise ImmediateHttpResponse(problem_page(request, problem, provider, state))


def _problem(
    request: HttpRequest, exception: Exception | None, *, has_state: bool
) -> problems.Problem:
    if isinstance(exception, problems.Problem):
        return exception
    if isinstance(exception, RequestException):
        return problems.Away(str(exception)[:LONGEST_REASON])
    if not has_state:
        return problems.TooLate()
    said = problems.SAID.get(request.GET.get("error", ""), problems.Unclear)
    return said(type(exception).__name__)
