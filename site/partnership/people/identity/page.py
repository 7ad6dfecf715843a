"""The page that says why nobody was signed in, and leads back."""

import logging
from typing import Any

from allauth.socialaccount.internal.flows.signup import clear_pending_signup
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess, Provider
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from partnership.people.identity.problems import Away, Problem, TooLate, Unclear

log = logging.getLogger(__name__)


def problem_page(
    request: HttpRequest, problem: Problem, provider: Provider, state: dict[str, Any] | None
) -> HttpResponse:
    """Say it with the status that fits; ``state`` knows where they wanted to go."""
    if isinstance(problem, Away | Unclear):
        note_trouble(provider, problem)
    asked = state or {}
    is_connecting = asked.get("process") == AuthProcess.CONNECT
    onward = "socialaccount_connections" if is_connecting else "account_login"
    wanted = f"?{urlencode({'next': asked['next']})}" if asked.get("next") else ""
    shown = {
        "words": problem.words % {"provider": provider.name},
        "onward_url": f"{reverse(onward)}{wanted}",
        "is_connecting": is_connecting,
    }
    return render(request, "account/identity_problem.html", shown, status=problem.status)


def note_trouble(provider: Provider, trouble: Exception) -> None:
    """Write into the log what went wrong, for whoever looks after the site."""
    log.warning("Identity provider %s: %r", provider.told.number, trouble)


def too_late(request: HttpRequest, pending: SocialLogin) -> HttpResponse:
    """Forget what a newcomer left open, and say that they begin again."""
    clear_pending_signup(request)
    return problem_page(request, TooLate(), pending.provider, pending.state)
