"""Which registrations, and how many places they take."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone

from events.registrations.enums import EXPECTED, HOLDING, RegistrationStatus

if TYPE_CHECKING:
    from partnership.people.models import Resident


class RegistrationQuerySet(models.QuerySet):
    """Reads as a sentence: ``event.registrations.active().places()``."""

    def active(self) -> Self:
        """Registrations that take up places."""
        return self.filter(status__in=HOLDING)

    def signed_up(self) -> Self:
        """Those in places anybody can sign up for, not in those that were kept back."""
        return self.filter(from_reserve=False)

    def registered(self) -> Self:
        """Those who are expected to come."""
        return self.filter(status=RegistrationStatus.REGISTERED)

    def waiting(self) -> Self:
        """Those on the waiting list, the first in line first."""
        return self.filter(status=RegistrationStatus.WAITING).order_by("created_at", "pk")

    def offered(self) -> Self:
        """Those who were offered a place and have not answered."""
        return self.filter(status=RegistrationStatus.OFFERED)

    def with_overdue_offer(self) -> Self:
        """Those whose time to answer an offer has run out."""
        return self.offered().filter(offer_expires_at__lte=timezone.now())

    def hoping(self) -> Self:
        """Those who have a place, wait for one or were offered one, before the event."""
        return self.filter(status__in=EXPECTED)

    def of(self, resident: "Resident | Any") -> Self:
        """Those of one account; none for a visitor who is not signed in."""
        if not resident.is_authenticated:
            return self.none()
        return self.filter(participant__resident=resident)

    def with_people(self) -> Self:
        """With whoever they belong to at hand, accounts and guests."""
        return self.select_related(
            "participant__resident__city", "participant__contact__city", "city", "joins_in"
        )

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

    def by_group(self) -> list[tuple[int | None, str, bool, int]]:
        """Places of those who hold or wait for some: (city id, status, from reserve, places)."""
        counted = self.filter(status__in=(*HOLDING, RegistrationStatus.WAITING)).order_by()
        groups = counted.values_list("city_id", "status", "from_reserve")
        return list(groups.annotate(places=Sum("party_size")))
