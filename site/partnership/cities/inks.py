"""The cities' inks: whether they can be seen, and the shades that are made of one.

Contrast is the ratio of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import colorsys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from math import floor
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from partnership.cities.models import City

PAPER, WHITE = "#FBF8F6", "#FFFFFF"
NIGHT_PAPER = "#150E26"
LEAST_FOR_SHAPES, LEAST_FOR_TEXT = 3.0, 4.5


def theme_of(cities: "Iterable[City]") -> str:
    """Return the style sheet that gives every city with an ink its own three shades."""
    rules = [_rule(city) for city in cities if city.ink]
    return f":root {{\n{''.join(rules)}}}\n" if rules else ""


def theme_version(cities: "Iterable[City]") -> str:
    """Return a short mark that changes with the inks; empty when no city has one."""
    css = theme_of(cities)
    return sha256(css.encode()).hexdigest()[:10] if css else ""


def _rule(city: "City") -> str:
    name, ink = f"--city-{city.letter}", city.ink
    tint, night_tint = mixed(ink, WHITE, 0.9), mixed(ink, NIGHT_PAPER, 0.7)
    shades = {
        name: (ink, readable(ink, NIGHT_PAPER, LEAST_FOR_SHAPES)),
        f"{name}-text": (
            readable(ink, tint, LEAST_FOR_TEXT),
            readable(ink, night_tint, LEAST_FOR_TEXT),
        ),
        f"{name}-tint": (tint, night_tint),
        f"--plate-{city.letter}": (ink, ink),  # prints keep daylight inks
    }
    return "".join(f"  {n}: light-dark({day}, {night});\n" for n, (day, night) in shades.items())


def contrast(one: str, other: str) -> float:
    """Return how well two colours can be told apart: from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_pale(ink: str) -> str:
    """Say how little the ink contrasts with paper, and which shade of it would do.

    By night the site makes a lighter shade of an ink itself, so paper by day is what counts.
    """
    ratio = floor(contrast(ink, PAPER) * 100) / 100  # rounded up, 2.999 would look like enough
    return _(
        "This ink is too pale: on paper its contrast is %(ratio)s to 1, and it must be 3 to 1 at "
        "least. The nearest shade that can be seen is %(shade)s."
    ) % {"ratio": number_format(ratio, 2), "shade": readable(ink, PAPER, LEAST_FOR_SHAPES)}


def mixed(ink: str, ground: str, share: float) -> str:
    """Return the colour that is ``share`` ground (0 to 1) and the rest ink."""
    pairs = zip(_channels(ink), _channels(ground), strict=True)
    return _written([own * (1 - share) + under * share for own, under in pairs])


@cache  # asked for on every page, and there are few inks
def readable(ink: str, ground: str, least: float) -> str:
    """Return the ink, made darker on a light ground or lighter on a dark one until it reads."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(ink))
    goal = 0.0 if _luminance(ground) > 0.18 else 1.0
    for step in range(101):
        moved = lightness + (goal - lightness) * step / 100
        shade = _written(colorsys.hls_to_rgb(hue, moved, saturation))
        if contrast(shade, ground) >= least:
            return shade
    return _written([goal] * 3)


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _written(channels: Iterable[float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in channels)
