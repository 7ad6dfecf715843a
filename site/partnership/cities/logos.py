"""A city's own mark: a picture that is described, large enough, and seen on light paper."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from PIL import Image

from partnership.cities.inks import LEAST_FOR_SHAPES, WHITE, contrast
from partnership.pages.photos import undescribed_in
from partnership.pages.small_pictures import small_picture

if TYPE_CHECKING:
    from partnership.cities.models import City

#: What is shown: transparent parts on white, so that a dark mark is seen on a dark ground, too.
SIZE = "max-200x100|bgcolor-ffffff|format-png"
#: One of them has to be reached, in pixels, or the mark is blurred on a good screen.
LEAST_WIDTH, LEAST_HEIGHT = 200, 100
#: The share of the picture that has to stand out from the white it is shown on.
LEAST_SHARE = 0.02


def shown_logo(city: "City") -> str:
    """The mark as an element; empty for a city without one."""
    return str(small_picture(city, "logo", SIZE)) if city.logo_id else ""


def make_ready(city: "City") -> None:
    """Make the size that is shown, so that no reader waits for it."""
    if city.logo is not None:
        city.logo.get_rendition(SIZE)


def why_unfit(logo: Any) -> str:
    """Say why a picture cannot be a mark; empty where it can, or where there is none."""
    if logo is None:
        return ""
    if language := undescribed_in(logo):
        words = _("Describe this photo in %(language)s first, in its own screen.")
        return words % {"language": language}
    if logo.width < LEAST_WIDTH and logo.height < LEAST_HEIGHT:
        least = {"width": LEAST_WIDTH, "height": LEAST_HEIGHT}
        return _("It is too small: choose one %(width)s pixels wide or %(height)s high.") % least
    if _share_that_stands_out(logo) < LEAST_SHARE:
        return _("It is too pale: on white almost nothing of it has a contrast of 3 to 1.")
    return ""


def _share_that_stands_out(logo: Any) -> float:
    with logo.file.storage.open(logo.file.name) as file, Image.open(file) as opened:
        picture = opened.convert("RGBA")
    picture.thumbnail((128, 128))
    ground = Image.new("RGBA", picture.size, WHITE)
    ground.alpha_composite(picture)
    few = ground.convert("RGB").quantize(32).convert("RGB")
    counted: Any = few.getcolors() or []
    standing = [
        number
        for number, (red, green, blue) in counted
        if contrast(f"#{red:02X}{green:02X}{blue:02X}", WHITE) >= LEAST_FOR_SHAPES
    ]
    return sum(standing) / (picture.width * picture.height)
