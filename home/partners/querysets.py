"""Which partners."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from partnership.cities.querysets import OfCityQuerySet
from partnership.pages.small_pictures import with_small_picture

if TYPE_CHECKING:
    from partnership.people.models import Resident

#: The size a logo is shown in.
LOGO = "max-240x120"


class PartnerQuerySet(OfCityQuerySet):
    """Reads as a sentence: ``Partner.objects.public().current(today)``."""

    def of_editor(self, resident: "Resident") -> Self:
        """Those of the cities this person works for, and those of no city."""
        if resident.is_superuser:
            return self
        return self.filter(Q(city=None) | Q(city__in=resident.edits_for.all()))

    def public(self) -> Self:
        """Those that readers see, also the ones that are no partners any more."""
        return self.filter(is_published=True)

    def current(self, today: date) -> Self:
        """Those whose time has not ended."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def with_logo(self) -> Self:
        """Bring the small logo along with the row."""
        found: Any = with_small_picture(self, "logo", LOGO)
        return found
