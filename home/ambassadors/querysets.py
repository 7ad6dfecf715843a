"""Which ambassadors."""

from datetime import datetime
from typing import Self

from django.db.models import QuerySet

from home.ambassadors.enums import State
from partnership.pages.access import open_to_all


class AmbassadorQuerySet(QuerySet):
    """Reads as a sentence: ``Ambassador.objects.public()``."""

    def public(self) -> Self:
        """Those that readers see: read, of an account in use, of an event everybody may open."""
        return self.filter(
            open_to_all("event__"),
            event__live=True,
            state=State.PUBLISHED,
            participant__resident__is_active=True,
        )

    def waiting(self) -> Self:
        """Those that nobody has read yet, the longest waiting first."""
        return self.filter(state=State.PENDING).order_by("consented_at", "pk")

    def waiting_since(self, instant: datetime) -> Self:
        """Those that have waited since before then."""
        return self.waiting().filter(consented_at__lt=instant)
