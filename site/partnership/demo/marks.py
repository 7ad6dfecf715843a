"""The marks of the demo's cities: a leaf and a blossom over one sea, each in its city's ink."""

from io import BytesIO
from math import cos, pi, sin

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

from partnership.demo.texts import Words, columns
from partnership.pages.models import Photo

SIZE = (320, 400)
#: Drawn larger and made smaller: then the lines are smooth.
SCALE = 4
WHITE, SHARED = "#FFFFFF", "#FFBE3D"
INKS = {"alder-bay": "#3654DC", "puerto-almendro": "#D83A4A"}
MIDDLE = (160, 160)
Pen = ImageDraw.ImageDraw
Spot = tuple[float, float]


def make_mark(code: str, description: Words) -> Photo:
    """Keep the mark as a picture that is described in every language."""
    image = Image.new("RGBA", (SIZE[0] * SCALE, SIZE[1] * SCALE))
    pen, ink = ImageDraw.Draw(image), INKS[code]
    _gate(pen, ink)
    DRAWN[code](pen, ink)
    for height in (306, 348):
        _wave(pen, height)
    file = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    kept = ImageFile(file, name=f"mark-{code}.png")
    return Photo.objects.create(title=f"mark-{code}", file=kept, **columns(description=description))


def _large(*spots: Spot) -> list[Spot]:
    return [(x * SCALE, y * SCALE) for x, y in spots]


def _disc(pen: Pen, middle: Spot, radius: Spot, ink: str) -> None:
    (x, y), (wide, high) = middle, radius
    pen.ellipse(_large((x - wide, y - high), (x + wide, y + high)), fill=ink)


def _stroke(pen: Pen, spots: list[Spot], ink: str, width: int) -> None:
    pen.line(_large(*spots), fill=ink, width=width * SCALE, joint="curve")
    for spot in (spots[0], spots[-1]):
        _disc(pen, spot, (width / 2, width / 2), ink)


def _gate(pen: Pen, ink: str) -> None:
    """The arch of the partnership, as wide as the picture."""
    _disc(pen, (160, 160), (160, 160), ink)
    pen.rectangle(_large((0, 160), (320, 400)), fill=ink)


def _wave(pen: Pen, height: float) -> None:
    for x in range(44, 277):
        _disc(pen, (x, height + 11 * sin((x - 40) / 60 * pi)), (7.5, 7.5), WHITE)


def _leaf(pen: Pen, ink: str) -> None:
    """An alder's: round, with a notch where others have a tip."""
    x, y = MIDDLE
    _disc(pen, (x, y - 10), (82, 92), WHITE)
    pen.polygon(_large((x - 34, y - 112), (x + 34, y - 112), (x, y - 66)), fill=ink)
    _stroke(pen, [(x, y + 70), (x, y + 112)], WHITE, 14)
    _stroke(pen, [(x, y - 52), (x, y + 74)], ink, 9)
    for side in (-1, 1):
        for at in (-22, 12, 46):
            _stroke(pen, [(x, y + at + 14), (x + side * 50, y + at - 22)], ink, 7)


def _blossom(pen: Pen, ink: str) -> None:
    """An almond's: five petals, each with a small notch."""
    for number in range(5):
        turn = -pi / 2 + number * 2 * pi / 5
        _disc(pen, _away(turn, 57), (45, 45), WHITE)
        notch = [_away(turn - 0.14, 109), _away(turn + 0.14, 109), _away(turn, 84)]
        pen.polygon(_large(*notch), fill=ink)
        _stroke(pen, [_away(turn, 26), _away(turn, 58)], ink, 6)
    _disc(pen, MIDDLE, (24, 24), SHARED)


def _away(turn: float, far: float) -> Spot:
    """The place so far from the middle, in that direction."""
    return MIDDLE[0] + far * cos(turn), MIDDLE[1] + far * sin(turn)


DRAWN = {"alder-bay": _leaf, "puerto-almendro": _blossom}
