"""How often somebody may try a code: counted for what it opens, in the cache of all workers.

A session counts for one browser and one request at a time. Whoever sends many at the same moment,
or begins anew, would try more: so every attempt is counted before it is looked at, in one step.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from partnership.limits import add_one


@dataclass(frozen=True)
class Attempts:
    """So many at one thing, in so many seconds from the first one on."""

    name: str
    most: int
    seconds: int

    def count(self, target: str) -> bool:
        """Count one more; whether it may be made."""
        return add_one(self._key(target), seconds=self.seconds) <= self.most

    def forget(self, target: str) -> None:
        """Begin anew: whoever tried has proven who they are."""
        cache.delete(self._key(target))

    def _key(self, target: str) -> str:
        digest = salted_hmac("partnership.people.attempts", f"{self.name}:{target}")
        return f"attempts:{digest.hexdigest()}"
