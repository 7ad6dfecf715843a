"""Which maps."""

from typing import Self, cast

from partnership.cities.querysets import OfCityQuerySet
from partnership.pages.small_pictures import with_small_picture

#: As readers get the picture of a map: sharp enough to be looked at closely.
PICTURE_SIZE = "width-1440|format-webp"


class CityMapQuerySet(OfCityQuerySet):
    """Maps, that of the first city first."""

    def with_picture(self) -> Self:
        """With the file that readers get, and the city; one query for all of it."""
        rows = self.select_related("city").order_by("city__position")
        return cast("Self", with_small_picture(rows, "picture", PICTURE_SIZE))
