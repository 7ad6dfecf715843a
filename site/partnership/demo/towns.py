"""Town plans of the demo: streets, gardens and water, the same from the same content."""

from collections.abc import Iterator
from io import BytesIO
from math import cos, radians, sin
from random import Random
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw, ImageFont

from partnership.demo.texts import columns
from partnership.pages.models import Photo

SIZE = (1440, 1080)
#: Drawn twice as large and made smaller: then the lines are smooth.
SCALE = 2
LAND, HOUSES, GARDENS, WATER, ROAD = "#F5EDF4", "#E1D6E8", "#CFE7D8", "#CBD6FA", "#FFFFFF"
SHORE, NAME = "#8FA3E8", "#2A1B45"
BLOCK, GAP = (74, 52), 13
HOW_MANY_GARDENS = 0.09

Spot = tuple[float, float]
Shapes = list[list[list[float]]]
Pen = ImageDraw.ImageDraw


def make_town(row: dict[str, Any]) -> Photo:
    """Keep the plan as a photo that is described in every language."""
    file = BytesIO()
    _plan(row).save(file, "PNG")
    return Photo.objects.create(
        title=f"map-{row['city']}",
        file=ImageFile(file, name=f"map-{row['city']}.png"),
        **columns(description=row["description"]),
    )


def _plan(row: dict[str, Any]) -> Image.Image:
    image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), LAND)
    pen = ImageDraw.Draw(image)
    chance = Random(f"town of {row['city']}")  # noqa: S311 - the same every time
    for corners in _blocks(row["turned"]):
        colour = GARDENS if chance.random() < HOW_MANY_GARDENS else HOUSES
        pen.polygon(corners, fill=colour)
    _lay(pen, row["parks"], GARDENS)
    _draw(pen, row["roads"], HOUSES, 40)
    _draw(pen, row["roads"], ROAD, 30)
    _draw(pen, [[*shape, *shape[:2]] for shape in row["water"]], SHORE, 16)
    _lay(pen, row["water"], WATER)
    _draw(pen, row["bridges"], ROAD, 30)
    _draw(pen, row["piers"], HOUSES, 18)
    for name in row["names"]:
        _write(pen, name["text"], *_large([name["spot"]]), on_water=name.get("on_water", False))
    return image.reduce(SCALE)


def _large(shares: list[list[float]]) -> list[Spot]:
    """Shares of the picture as the pixels that are drawn on."""
    return [(x * SIZE[0] * SCALE, y * SIZE[1] * SCALE) for x, y in shares]


def _lay(pen: Pen, shapes: Shapes, colour: str) -> None:
    for shape in shapes:
        pen.polygon(_large(shape), fill=colour)


def _draw(pen: Pen, lines: Shapes, colour: str, width: int) -> None:
    for line in lines:
        pen.line(_large(line), fill=colour, width=width, joint="curve")


def _blocks(turned: float) -> Iterator[list[Spot]]:
    """The corners of every block of houses, in rows that are turned by some degrees."""
    angle, (wide, deep) = radians(turned), (side * SCALE for side in BLOCK)
    middle_x, middle_y = (side * SCALE / 2 for side in SIZE)
    for row in range(-26, 27):
        for column in range(-24, 25):
            x, y = column * (wide + GAP * SCALE), row * (deep + GAP * SCALE)
            yield [
                (
                    middle_x + (x + across) * cos(angle) - (y + down) * sin(angle),
                    middle_y + (x + across) * sin(angle) + (y + down) * cos(angle),
                )
                for across, down in ((0, 0), (wide, 0), (wide, deep), (0, deep))
            ]


def _write(pen: Pen, text: str, spot: Spot, *, on_water: bool) -> None:
    font = ImageFont.load_default(size=46 * SCALE)
    halo = WATER if on_water else LAND
    pen.text(spot, text, NAME, font, anchor="mm", stroke_width=5 * SCALE, stroke_fill=halo)
