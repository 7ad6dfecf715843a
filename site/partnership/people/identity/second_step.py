"""Whether the provider asked for a second step, and is believed: then we do not ask again."""

from typing import Any

from allauth.account.models import Login
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from partnership.people.identity import providers
from partnership.people.models import Resident

#: In the state of a sign-in, and then in the session of whoever is in.
DONE = "identity.second_step"


def was_done(login: Login) -> bool:
    """Whether this sign-in came with a second step that counts."""
    through = (login.signal_kwargs or {}).get("sociallogin")
    return bool(through and through.state.get(DONE))


def note(request: HttpRequest, **signal: Any) -> None:
    """Keep it for the session that begins; each sign-in, by whatever way, says it anew."""
    through = signal.get("sociallogin")
    if through and through.state.get(DONE):
        request.session[DONE] = True
    else:
        request.session.pop(DONE, None)


def remember(request: HttpRequest) -> None:
    """Let the account of this request know it; asks nothing before the account is asked for."""
    if any(one.trusts_amr for one in providers.told()):
        request.user = SimpleLazyObject(lambda: _who(request))  # type: ignore[assignment] # as Django does


def _who(request: HttpRequest) -> Any:
    user = get_user(request)
    if isinstance(user, Resident):
        user.did_second_step = bool(request.session.get(DONE))
    return user
