"""Which cities."""

from django.db import models


class CityQuerySet(models.QuerySet):
    """Cities, in the order of the partnership."""

    def by_code(self) -> dict[str, models.Model]:
        """Return every city under its code."""
        return {city.code: city for city in self}
