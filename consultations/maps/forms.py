"""The form of a city's map: a picture whose shape must fit its corners."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.maps.mercator import Georeference
from consultations.maps.models import CORNERS
from partnership.cities.forms import OfOwnCityForm
from partnership.pages.photos import undescribed_in
from partnership.pages.publishing import PublishedForm

#: As wide as a map is shown on a desk.
NARROWEST = 480
#: How far the shape of a picture may be from that of its corners: exports cut at whole pixels.
ALLOWED = 0.05
#: Degrees from edge to edge: a city is larger than a house, and smaller than a country.
LEAST_DEGREES, MOST_DEGREES = 0.002, 3
#: How many times as wide as high, or as high as wide, it may be.
MOST_STRETCHED = 2.5


class CityMapForm(OfOwnCityForm, PublishedForm):
    """Public when it is saved, so in every language at once."""

    def goes_public(self) -> bool:
        """A map has no drafts."""
        return True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        corners = [cleaned[name] for name in CORNERS if cleaned.get(name) is not None]
        if len(corners) < len(CORNERS):
            return cleaned
        north, west, south, east = corners
        if north <= south or east <= west:
            return cleaned  # the table says it in its own words
        if not all(LEAST_DEGREES <= span <= MOST_DEGREES for span in (north - south, east - west)):
            self.add_error(None, _("These corners are no city’s: they lie too close or too far."))
        elif cleaned.get("picture"):
            self._check_picture(cleaned["picture"], Georeference.of(corners))
        return cleaned

    def _check_picture(self, picture: Any, corners: Georeference) -> None:
        shape = picture.width / picture.height
        if picture.width < NARROWEST:
            self.add_error("picture", _("This picture is too small to show a city on."))
        elif not 1 / MOST_STRETCHED <= shape <= MOST_STRETCHED:
            self.add_error("picture", _("This picture is too long and narrow for a map."))
        elif abs(corners.shape / shape - 1) > ALLOWED:
            self.add_error(
                "picture",
                _("The picture has another shape than the area between the corners."),
            )

    def fits_readers(self) -> bool:
        """Whoever does not see the map is told in their language what it is of."""
        language = undescribed_in(self.cleaned_data.get("picture"))
        if language:
            words = _("Describe this photo in %(language)s first, in its own screen.")
            self.add_error("picture", words % {"language": language})
        return not language
