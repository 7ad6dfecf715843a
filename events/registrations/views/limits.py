"""How often one guardian's address may be asked, by whoever."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest

from events.registrations.guardians.refusals import AskedTooOften
from partnership.mailboxes import spelled

Service = Callable[..., Any]


def asking_guardians(service: Service, request: HttpRequest) -> Service:
    """Return the service, counted where it leads to a mail to a guardian; raises AskedTooOften.

    The limits stand in ``ACCOUNT_RATE_LIMITS``, beside those of codes.
    """

    def counted(*args: Any, guardian_email: str = "", **kwargs: Any) -> Any:
        if guardian_email and not ratelimit.consume(
            request, action="guardian_asked", key=spelled(guardian_email)
        ):
            raise AskedTooOften
        return service(*args, guardian_email=guardian_email, **kwargs)

    return counted
