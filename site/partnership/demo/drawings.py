"""The demo's drawings: plans of one street, so that no photograph of anybody is needed."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from partnership.demo.texts import Words, columns
from partnership.pages.models import Photo

SIZE = (1280, 840)
PAPER, HOUSE, STREET, LINE = "#FFFFFF", "#E4DCEA", "#CFC6DC", "#2A1B45"
FEET, WHEELS, SHADE, SHARED = "#3654DC", "#EB4D5B", "#0B6E55", "#FFBE3D"
Pen = ImageDraw.ImageDraw


def make_photo(drawing: str, description: Words) -> Photo:
    """Keep the drawing as a photo that is described in every language."""
    file = BytesIO()
    _plan(DRAWINGS[drawing]).save(file, "PNG")
    return Photo.objects.create(
        title=drawing,
        file=ImageFile(file, name=f"{drawing}.png"),
        **columns(description=description),
    )


def _plan(draw: Callable[[Pen, tuple[int, int, int, int]], None]) -> Image.Image:
    """Draw twice as large and make it smaller: then the lines are smooth."""
    image = Image.new("RGB", (SIZE[0] * 2, SIZE[1] * 2), PAPER)
    draw(ImageDraw.Draw(image), (0, 0, SIZE[0] * 2, SIZE[1] * 2))
    return image.reduce(2)


def _street(pen: Pen, box: tuple[int, int, int, int]) -> Callable[[float, float], tuple]:
    """Draw the street itself: houses above, the school below; return how to find a place on it."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    thin = max(1, wide // 400)

    def at(x: float, y: float) -> tuple[float, float]:
        return left + x * wide, top + y * high

    pen.rectangle((*at(0.04, 0.36), *at(0.96, 0.64)), fill=STREET)
    for number in range(6):
        x = 0.05 + number * 0.155
        pen.rectangle(
            (*at(x, 0.08), *at(x + 0.12, 0.3)), fill=HOUSE, outline=LINE, width=wide // 400
        )
    pen.rectangle((*at(0.3, 0.72), *at(0.82, 0.94)), fill=HOUSE, outline=LINE, width=thin)
    pen.rectangle((*at(0.53, 0.7), *at(0.59, 0.74)), fill=SHARED)
    return at


def _dot(pen: Pen, middle: tuple[float, float], radius: float, fill: str) -> None:
    x, y = middle
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _shade(pen: Pen, box: tuple[int, int, int, int]) -> None:
    at, wide = _street(pen, box), box[2] - box[0]
    for number in range(9):
        _dot(pen, at(0.09 + number * 0.103, 0.6), wide / 34, SHADE)
    pen.line((*at(0.06, 0.42), *at(0.94, 0.42)), fill=FEET, width=wide // 90)


def _half_hour(pen: Pen, box: tuple[int, int, int, int]) -> None:
    at, wide = _street(pen, box), box[2] - box[0]
    for x in (0.28, 0.84):
        pen.line((*at(x, 0.36), *at(x, 0.64)), fill=WHEELS, width=wide // 60)
    for number in range(14):
        _dot(pen, at(0.32 + number % 7 * 0.078, 0.44 + number // 7 * 0.12), wide / 70, FEET)


def _benches(pen: Pen, box: tuple[int, int, int, int]) -> None:
    at, wide = _street(pen, box), box[2] - box[0]
    for number in range(5):
        x = 0.08 + number * 0.18
        pen.rounded_rectangle((*at(x, 0.56), *at(x + 0.07, 0.6)), wide // 160, fill=SHARED)
        _dot(pen, at(x + 0.1, 0.58), wide / 60, SHADE)
    pen.line((*at(0.06, 0.42), *at(0.94, 0.42)), fill=FEET, width=wide // 90)


def _rope(pen: Pen, box: tuple[int, int, int, int]) -> None:
    at, wide = _street(pen, box), box[2] - box[0]
    pen.line((*at(0.36, 0.34), *at(0.36, 0.66)), fill=WHEELS, width=wide // 150)
    for number in range(8):
        _dot(pen, at(0.45 + number % 4 * 0.11, 0.44 + number // 4 * 0.12), wide / 60, FEET)


def _tables(pen: Pen, box: tuple[int, int, int, int]) -> None:
    """Six plans on one wall."""
    wide, high = box[2] // 3, box[3] // 2
    for number, draw in enumerate((_shade, _half_hour, _benches, _rope, _benches, _shade)):
        left, top = number % 3 * wide, number // 3 * high
        draw(
            pen,
            (left + wide // 20, top + high // 20, left + wide * 19 // 20, top + high * 19 // 20),
        )


DRAWINGS = {
    "shade": _shade,
    "half-hour": _half_hour,
    "benches": _benches,
    "rope": _rope,
    "tables": _tables,
}
