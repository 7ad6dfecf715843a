"""How often one person, or one address, may do something: counted in the cache of all workers.

Nothing is written down about anybody: the address goes into a keyed digest that lives as long
as the limit. When the cache is down nobody is counted, and nobody is kept from writing.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from time import time
from typing import Any, TypeVar

from allauth.core.internal.ratelimit import get_ip
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused

Done = TypeVar("Done")


class TooOften(Refused):
    """More than one person, or one address, can have meant."""

    code = "too_often"

    def __init__(self) -> None:
        super().__init__(
            _("That was a lot in a short time. Nothing is lost: please send it in some minutes.")
        )


def add_one(key: str, *, seconds: int) -> int:
    """Count one more in one step for all workers, and return how many there are now."""
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the cache lost it in between
        return 1


@dataclass(frozen=True)
class Limit:
    """So many times in so many seconds; more for an address, which a library's readers share."""

    name: str
    per_person: int
    per_address: int
    seconds: int

    def count(self, request: HttpRequest, *, person: str = "") -> None:
        """Count one more; raises TooOften beyond the limit.

        ``person`` stands for somebody who is not signed in and can be told from others all the
        same.
        """
        if any(self._add(who) > most for who, most in self._counted(request, person)):
            raise TooOften

    def take_back(self, request: HttpRequest, *, person: str = "") -> None:
        """Take back what was counted a moment ago.

        Who guesses is counted before the guess is looked at, so that of many at the same moment
        none is let in for nothing; what was right was none.
        """
        for who, _most in self._counted(request, person):
            with suppress(ValueError):  # the cache lost it in between
                cache.decr(self._key(who))

    def _counted(self, request: HttpRequest, person: str) -> list[tuple[str, int]]:
        """Who this is, and how often each may."""
        who = person or str(request.user.pk or "")
        counts = [(f"person:{who}", self.per_person)] if who else []
        return [*counts, (f"address:{get_ip(request)}", self.per_address)]

    def _key(self, who: str) -> str:
        window = int(time() // self.seconds)
        digest = salted_hmac("partnership.limits", f"{self.name}:{who}:{window}").hexdigest()
        return f"limit:{digest}"

    def _add(self, who: str) -> int:
        return add_one(self._key(who), seconds=self.seconds * 2)

    def guarding(self, service: Callable[..., Done], request: HttpRequest) -> Callable[..., Done]:
        """Return the service, counted each time it is called."""

        def counted(*args: Any, **kwargs: Any) -> Done:
            self.count(request)
            return service(*args, **kwargs)

        return counted
