"""Which registrations, and how many places they take."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q, Sum

from events.registrations.enums import HOLDING, RegistrationStatus

if TYPE_CHECKING:
    from partnership.people.models import Resident


class RegistrationQuerySet(models.QuerySet):
    """Reads as a sentence: ``event.registrations.active().places()``."""

    def active(self) -> Self:
        """Registrations that take up places."""
        return self.filter(status__in=HOLDING)

    def registered(self) -> Self:
        """Those who are expected to come."""
        return self.filter(status=RegistrationStatus.REGISTERED)

    def of(self, resident: "Resident | Any") -> Self:
        """Those of one account; none for a visitor who is not signed in."""
        if not resident.is_authenticated:
            return self.none()
        return self.filter(participant__resident=resident)

    def seen_by(self, editor: "Resident | Any") -> Self:
        """Those at events of the editor's cities and at joint events; all for superusers."""
        if editor.is_superuser:
            return self
        own = Q(event__cities__in=editor.edits_for.all()) | Q(event__cities=None)
        found = self.model._default_manager.filter(own)
        return self.filter(pk__in=found.order_by().values("pk"))

    def places(self) -> int:
        """How many places these take together."""
        return self.aggregate(places=Sum("party_size"))["places"] or 0
