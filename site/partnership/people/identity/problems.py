"""What can go wrong at a provider, in words for whoever wanted to sign in."""

from typing import Any

from allauth.socialaccount.providers.base import ProviderException
from django.utils.translation import gettext_lazy as _


class Problem(ProviderException):
    """Nobody was signed in; ``str()`` of it is for the log, and holds nobody's words."""

    status = 400
    words: Any = _(
        "%(provider)s sent an answer that we cannot trust, so nobody is signed in. Try again,"
        " or sign in with your password or a code."
    )


class Unclear(Problem):
    """The answer is none, or is not for us, or is not theirs."""


class TooLate(Problem):
    """It is not the answer to a question of this browser, or not any more."""

    words = _("This sign-in took too long, or it was used already. Please begin again.")


class Denied(Problem):
    """The person or the provider said no."""

    status = 403
    words = _("%(provider)s did not let you in, or you turned back. Nothing has changed here.")


class Away(Problem):
    """The provider does not answer."""

    status = 503
    words = _(
        "%(provider)s does not answer at the moment. Try again in a few minutes, or sign in with"
        " your password or a code."
    )


class AddressUnconfirmed(Problem):
    """It does not say whose address it is."""

    status = 403
    words = _(
        "%(provider)s does not say that your e-mail address is confirmed. Confirm it there, or"
        " join here with your address."
    )


class AddressKnown(Problem):
    """The address has an account and is theirs, by a code, not by the provider's word."""

    status = 403
    words = _(
        "There is an account with your e-mail address already. Sign in with your password or a"
        " code first; then you can connect %(provider)s on the page of your details."
    )


class AddressOfAnother(Problem):
    """The site has another provider that answers for such addresses."""

    status = 403
    words = _(
        "Another sign-in here answers for e-mail addresses like yours, and %(provider)s does not."
        " Use that one, or join here with your address."
    )


#: What a provider may say instead of an answer; everything else is unclear.
SAID = {
    "access_denied": Denied,
    "login_required": Denied,
    "consent_required": Denied,
    "interaction_required": Denied,
    "temporarily_unavailable": Away,
    "server_error": Away,
}
