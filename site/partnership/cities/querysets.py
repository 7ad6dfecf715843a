"""Which cities, and which parts of them."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils import timezone

from partnership.mailboxes import spelled

if TYPE_CHECKING:
    from partnership.people.models import Resident


class CityQuerySet(models.QuerySet):
    """Cities, in the order of the partnership."""

    def partners(self) -> Self:
        """Those that have not left: who signs, reads and is missed where something is overdue."""
        return self.exclude(left_on__lte=timezone.localdate())

    def own_first(self, address: str) -> Self:
        """All of them, after the home city of the account with this e-mail address, if any."""
        residents: Any = self.model._meta.get_field("residents").related_model
        home = residents.objects.filter(email=spelled(address), city=models.OuterRef("pk"))
        return self.order_by(models.Exists(home).desc(), "position")

    def other_currency(self, currency: str) -> str:
        """The money of the first city that has another; empty where all have the same."""
        others = self.exclude(currency=currency).order_by("position")
        return others.values_list("currency", flat=True).first() or ""


class OfCityQuerySet(models.QuerySet):
    """What belongs to one city each, and is for its own editors to keep."""

    def of_editor(self, resident: "Resident") -> Self:
        """Those of the cities this person works for; an administrator's are all."""
        if resident.is_superuser:
            return self
        return self.filter(city__in=resident.edits_for.all())


class NeighbourhoodQuerySet(OfCityQuerySet):
    """Neighbourhoods, those of the first city first."""
