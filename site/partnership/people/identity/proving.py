"""A newcomer's address that the provider does not answer for: proven by a code before the account.

So is one that it answers for and does not call confirmed. Known and unknown ones read the same.

The code is a guest's: the same digits, the same half hour, five attempts, the same limits.
"""

import time

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest

from partnership.pages.languages import active
from partnership.people import guests
from partnership.people.guests import GuestDetails
from partnership.people.limits import count_code

PURPOSE = "people.identity"
#: In the state of a sign-in: the address that is not proven yet, and when the provider answered.
UNPROVEN, ANSWERED_AT = "identity.unproven", "identity.answered_at"


def note_answer(login: SocialLogin) -> None:
    """From now on a newcomer has half an hour."""
    login.state[ANSWERED_AT] = time.time()


def is_old(login: SocialLogin) -> bool:
    """Whether a newcomer left it open so long that somebody else may have the device."""
    answered_at: float = login.state.get(ANSWERED_AT, 0)
    return time.time() - answered_at > settings.ACCOUNT_LOGIN_TIMEOUT


def is_needed(login: SocialLogin) -> bool:
    """Whether a code has to be typed first."""
    return bool(login.state.get(UNPROVEN))


def begin(request: HttpRequest, login: SocialLogin, email: str) -> None:
    """Note that it has to be proven; the page behind sends the code, by a button.

    The provider leads back by GET, on which nothing is sent, and allauth counts nothing.
    """
    login.state[UNPROVEN] = email
    if is_sent(request):
        guests.forget(request.session, purpose=PURPOSE)  # of whoever came before


def send_code(request: HttpRequest, login: SocialLogin) -> None:
    """Send a code in the language being read; raises TooManyCodes."""
    email = login.state[UNPROVEN]
    count_code(request, email)
    details = GuestDetails(email=email, name="", city=None, language_code=active())
    guests.ask(request.session, details, purpose=PURPOSE, about=login.provider.name)


def is_sent(request: HttpRequest) -> bool:
    """Whether a code is on its way that still works."""
    return bool(guests.asked(request.session, purpose=PURPOSE))


def prove(request: HttpRequest, login: SocialLogin, code: str) -> None:
    """Let the address count as confirmed; raises WrongCode and CodeExpired."""
    email = guests.use_up(request.session, purpose=PURPOSE, code=code)["email"]
    del login.state[UNPROVEN]
    login.user.email = email
    login.email_addresses = [EmailAddress(email=email, verified=True, primary=True)]
    note_answer(login)
