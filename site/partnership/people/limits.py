"""How often somebody may have mails sent to an address that is not proven theirs yet."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnership.people import no_waiting
from partnership.refusals import Refused


class TooManyCodes(Refused):
    """Codes were asked for again and again."""

    code = "too_many_codes"

    def __init__(self) -> None:
        super().__init__(_("Too many attempts. Wait a few minutes, then try again."))


def count_code(request: HttpRequest, email: str) -> None:
    """Count one mail with a code to this address; raise TooManyCodes above the limits.

    They stand in ``ACCOUNT_RATE_LIMITS``, beside those of account codes.
    """
    counted_for = no_waiting.whose(request.session, email)
    if not ratelimit.consume(request, action="guest_code", key=counted_for):
        raise TooManyCodes
