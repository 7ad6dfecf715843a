"""The map of a city: a picture, and where its corners are."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from consultations.maps.mercator import HIGHEST, Georeference
from consultations.maps.querysets import PICTURE_SIZE, CityMapQuerySet
from partnership.cities.models import City
from partnership.pages.wording.remembering import RemembersWording

CORNERS = ("north", "west", "south", "east")


def degrees(name: Any, *, limit: float = 180) -> models.DecimalField:
    """Return the column of one edge, about a metre exact."""
    most = Decimal(str(limit))
    checks = (MinValueValidator(-most), MaxValueValidator(most))
    return models.DecimalField(name, max_digits=8, decimal_places=5, validators=checks)


class CityMap(RemembersWording, models.Model):
    """One for each city; the picture is described in every language where it is kept."""

    city = models.OneToOneField(
        City,
        verbose_name=_("city"),
        on_delete=models.PROTECT,
        related_name="map",
        error_messages={"unique": _("This city has a map. Change that one.")},
    )
    title = models.CharField(_("title"), max_length=80, blank=True)
    picture = models.ForeignKey(
        "pages.Photo",
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "In the projection that map sites use (Web Mercator), at least 480 pixels wide; "
            "1,400 are better."
        ),
    )
    attribution = models.CharField(
        _("who made it"),
        max_length=160,
        help_text=_(
            "Stands under the map, as its licence asks, for example “© OpenStreetMap contributors”."
        ),
    )
    north = degrees(_("latitude of the top edge"), limit=HIGHEST)
    west = degrees(_("longitude of the left edge"))
    south = degrees(_("latitude of the bottom edge"), limit=HIGHEST)
    east = degrees(_("longitude of the right edge"))

    objects = CityMapQuerySet.as_manager()

    publish_required = ("title",)

    class Meta:
        verbose_name = _("map")
        verbose_name_plural = _("maps")
        ordering = ("city__position",)
        constraints = (
            models.CheckConstraint(
                condition=Q(north__gt=F("south")) & Q(east__gt=F("west")),
                name="map_corners_in_order",
                violation_error_message=_(
                    "The top edge lies north of the bottom edge, and the right edge east of the "
                    "left one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(north__lte=Decimal(str(HIGHEST)), south__gte=-Decimal(str(HIGHEST)))
                & Q(west__gte=-180, east__lte=180),
                name="map_on_this_planet",
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.city)

    @cached_property
    def georeference(self) -> Georeference:
        """Where places are on it."""
        return Georeference.of(getattr(self, corner) for corner in CORNERS)

    def height_at(self, width: int) -> int:
        """How many pixels the picture is high when it is so many wide."""
        return max(1, round(width * self.picture.height / self.picture.width))

    @cached_property
    def file_url(self) -> str:
        """The address of the picture; one that was never made small is made so now."""
        known = getattr(self, "small_file", None)
        if known:
            return str(self.picture.renditions.model(file=known).url)
        return str(get_rendition_or_not_found(self.picture, PICTURE_SIZE).url)
