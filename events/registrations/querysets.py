"""Which registrations, and how many places they take."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from events.registrations.enums import ADMITTED, EXPECTED, HOLDING, RegistrationStatus

if TYPE_CHECKING:
    from events.registrations.models import Arrival
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

    def awaiting_guardian(self) -> Self:
        """Those that a parent or guardian is to confirm."""
        return self.filter(guardian_until__isnull=False)

    def hoping(self) -> Self:
        """Those who have a place, wait for one or were offered one, before the event."""
        return self.filter(status__in=EXPECTED)

    def admitted(self) -> Self:
        """Those the door lets in, whether or not they came."""
        return self.filter(status__in=ADMITTED)

    def where_the_door_was_kept(self) -> Self:
        """Those at events where somebody was checked in; elsewhere nobody knows who came."""
        return self.filter(self._somebody_was_checked_in())

    def who_came(self) -> Self:
        """Those who were checked in; where nobody was, those who were expected."""
        expected = Q(status=RegistrationStatus.REGISTERED) & ~self._somebody_was_checked_in()
        return self.filter(Q(status=RegistrationStatus.ATTENDED) | expected)

    def _somebody_was_checked_in(self) -> Exists:
        came = self.model._default_manager.filter(status=RegistrationStatus.ATTENDED)
        return Exists(came.filter(event=OuterRef("event")).order_by())

    def headcount(self) -> dict[str, int]:
        """How many people are ``inside``, and how many are ``expected`` in all."""
        admitted = self.admitted().order_by()
        found = admitted.aggregate(inside=Sum("arrived"), expected=Sum("party_size"))
        return {name: people or 0 for name, people in found.items()}

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

    def with_names(self) -> Self:
        """With what they are called at hand, for lists of thousands; not with their cities."""
        return self.select_related("participant__resident", "participant__contact", "joins_in")

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

    def by_group(self, *also: models.QuerySet) -> list[tuple[int | None, str, bool, int]]:
        """Places of those who hold or wait for some: (city id, status, from reserve, places).

        Rows of ``also``, of the same four columns, are read in the same query.
        """
        counted = self.filter(status__in=(*HOLDING, RegistrationStatus.WAITING)).order_by()
        groups = counted.values_list("city_id", "status", "from_reserve")
        return list(groups.annotate(places=Sum("party_size")).union(*also, all=True))


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    """Reads as a sentence: ``registration.arrivals.standing()``."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)

    def latest_standing(self) -> "Arrival | None":
        """The last one that was not taken back, with whoever let them in."""
        return self.standing().select_related("checked_in_by").last()
