"""Where a place is on a map picture, and which place is at a spot of it.

Map pictures that sites hand out are in the spherical Mercator projection ("Web Mercator",
EPSG:3857): with the latitude f and the longitude l in radians

    x = l          y = ln(tan(pi/4 + f/2))          f = atan(sinh(y))

as in J. P. Snyder, Map Projections: A Working Manual (U.S. Geological Survey Professional
Paper 1395, 1987), equations 7-1, 7-2 and 7-4 for R = 1; the last is written with sinh. Within
a picture whose corners are known both axes are straight lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan, degrees, log, pi, radians, sinh, tan
from typing import Self

#: Where the square of Web Mercator ends: y is pi there.
HIGHEST = 85.0511


def northing(latitude: float) -> float:
    """Return y for a latitude in degrees; 0 at the equator, pi at the northern edge."""
    return log(tan(pi / 4 + radians(latitude) / 2))


def latitude_of(y: float) -> float:
    """Return the latitude in degrees for y."""
    return degrees(atan(sinh(y)))


@dataclass(frozen=True, slots=True)
class Georeference:
    """The corners of a map picture in degrees; shares run from 0 at the left and at the top."""

    north: float
    west: float
    south: float
    east: float

    @classmethod
    def of(cls, corners: Iterable[object]) -> Self:
        """Return it for north, west, south, east as they are stored."""
        return cls(*(float(str(corner)) for corner in corners))

    @property
    def shape(self) -> float:
        """How many times as wide as high a picture with these corners is."""
        return radians(self.east - self.west) / (northing(self.north) - northing(self.south))

    def spot_of(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        """Return how far to the right and how far down a place is, None beyond the picture."""
        is_within = self.south <= latitude <= self.north and self.west <= longitude <= self.east
        if not is_within:
            return None
        top, bottom = northing(self.north), northing(self.south)
        across = (longitude - self.west) / (self.east - self.west)
        return across, (top - northing(latitude)) / (top - bottom)

    def place_at(self, across: float, down: float) -> tuple[float, float]:
        """Return latitude and longitude, in degrees, of a spot of the picture."""
        top, bottom = northing(self.north), northing(self.south)
        longitude = self.west + across * (self.east - self.west)
        return latitude_of(top - down * (top - bottom)), longitude
