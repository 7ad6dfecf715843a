"""Prints for pages that have no photograph.

A cover is a pure function of the page's kind and a seed (its slug): the same page always
gets the same picture, with no stored image, no request and no inline style. Like a risograph
the drawing is separated into one plate per ink; the style sheet gives the plates their
colour, so that re-theming the cities re-prints every cover.
"""

import hashlib
import math
import random
from collections.abc import Callable

from django.utils.safestring import SafeString

from .shapes import (
    Shape,
    arch,
    circle,
    dots,
    line,
    number,
    path,
    plates,
    polygon,
    quarter,
    rect,
    ring,
)

WIDTH, HEIGHT = 600, 360
TILE = 120


class Dice(random.Random):  # noqa: S311 - pictures, not secrets
    """Chance that falls the same way for the same page; not for secrets."""

    def __init__(self, *seed: str) -> None:
        digest = hashlib.sha256(":".join(seed).encode()).hexdigest()
        super().__init__(int(digest[:12], 16))


def exchange(dice: Dice, width: int) -> list[Shape]:
    """Two ripples that leave two shores and cross."""
    left, right = dice.choice((40, 96, 130)), width - dice.choice((40, 96, 130))
    left_y, right_y = dice.choice((70, 180, 290)), dice.choice((70, 180, 290))
    shapes = [circle("m", width / 2, dice.choice((84, 180, 276)), dice.choice((64, 78)))]
    stroke, radius = 36.0, 78.0
    for _wave in range(width // 75):
        shapes.append(ring("a", left, left_y, radius, stroke))
        shapes.append(ring("b", right, right_y, radius, stroke))
        radius += stroke / 2 + 24
        stroke *= 0.8
        radius += stroke / 2
    return [*shapes, circle("a", left, left_y, 40), circle("b", right, right_y, 40)]


def festival(dice: Dice, width: int) -> list[Shape]:
    """A sunburst, bunting and lanterns."""
    x, y = width * dice.choice((0.28, 0.5, 0.72)), 372.0
    sun = [circle("b", x, y, 118), ring("b", x, y, 150, 14)]
    return [*_rays(x, y, width), *sun, *_bunting(dice, width), *_lanterns(dice, width)]


def _rays(x: float, y: float, width: int, count: int = 18) -> list[Shape]:
    reach = width * 1.05

    def tip(share: float) -> tuple[float, float]:
        angle = math.pi + math.pi * share / count
        return x + reach * math.cos(angle), y + reach * math.sin(angle)

    return [polygon("m", ((x, y), tip(ray), tip(ray + 0.5)), soft=True) for ray in range(count)]


def _bunting(dice: Dice, width: int) -> list[Shape]:
    sag, half = dice.choice((46, 58, 70)), width / 2

    def rope(x: float) -> float:
        return 34 + sag * (1 - ((x - half) / (half + 20)) ** 2)

    shapes = []
    for flag in range(width // 60):
        start = -20 + flag * 64
        middle = (rope(start) + rope(start + 58)) / 2 + 66
        corners = ((start, rope(start)), (start + 58, rope(start + 58)), (start + 29, middle))
        shapes.append(polygon("ab"[flag % 2], corners))
    knots = " ".join(f"L{x} {number(rope(x))}" for x in range(0, width + 40, 20))
    return [*shapes, line("p", f"M-20 34 {knots}", 4)]


def _lanterns(dice: Dice, width: int) -> list[Shape]:
    shapes = []
    for _lantern in range(width // 85):
        x, y = dice.randrange(40, width - 40), dice.randrange(170, 320)
        shapes.append(circle(dice.choice("aam"), x, y, dice.choice((7, 10, 14))))
    return shapes


def charrette(dice: Dice, width: int) -> list[Shape]:
    """A quilt of city blocks: what a planning table looks like from above."""
    inks = tile_inks(dice, 3 * (width // TILE))
    shapes: list[Shape] = []
    for place, ink in enumerate(inks):
        row, column = divmod(place, width // TILE)
        shapes += _block(dice, ink, column * TILE, row * TILE)
    street = dice.choice((102, 222, 342)) + (width - WIDTH) // 2 // TILE * TILE
    return [*shapes, rect("m", street, 0, 36, HEIGHT)]


def tile_inks(dice: Dice, tiles: int) -> list[str]:
    """The inks of a quilt, shuffled; neither city may dominate a print, not even by one tile."""
    shared = tiles // 6
    shared += (tiles - shared) % 2
    each = (tiles - shared) // 2
    inks = ["m"] * shared + ["a", "b"] * each
    dice.shuffle(inks)
    return inks


def _block(dice: Dice, ink: str, x: int, y: int) -> list[Shape]:
    """One tile of the quilt; a shared tile stays in one ink, marigold under red is no colour."""
    turn = dice.randrange(4)
    plain = (
        lambda: [quarter(ink, x, y, TILE, turn)],
        lambda: [arch(ink, x + 14, y + 14, TILE - 28, TILE - 14)],
        lambda: dots(ink, (x + 6, y + 6, TILE - 12, TILE - 12), 20, 5.2),
        lambda: [rect(ink, x + bar * 30, y, 15, TILE) for bar in range(4)],
    )
    if ink == "m":
        return dice.choice(plain)()
    other = "b" if ink == "a" else "a"
    paired = (
        lambda: [quarter(ink, x, y, TILE, turn), quarter(other, x, y, TILE, (turn + 2) % 4)],
        lambda: [rect(ink, x, y, TILE, TILE), circle(other, x + 60, y + 60, 36)],
        lambda: [
            polygon(ink, ((x, y + TILE), (x + TILE, y + TILE), (x + TILE, y))),
            circle(other, x + 41, y + 41, 19),
        ],
    )
    return dice.choice((*plain, *paired))()


VOICES = (
    (120, 130, 108),
    (252, 196, 128),
    (400, 136, 116),
    (508, 236, 96),
    (650, 150, 124),
    (790, 214, 104),
    (930, 140, 118),
    (1080, 220, 112),
)


def consultation(dice: Dice, width: int) -> list[Shape]:
    """Voices overlapping."""
    first = dice.choice((0, 1))
    shapes = dots("m", (0, 0, width, HEIGHT), 30, 3.2)
    for place, (x, y, radius) in enumerate(VOICES[: width // 150]):
        ink = "ab"[(place + first) % 2]
        x, y = x + dice.randrange(-14, 15), y + dice.randrange(-16, 17)
        shapes.append(_bubble(ink, x, y, radius, side=dice.choice((-1, 1))))
    return shapes


def _bubble(ink: str, x: float, y: float, radius: float, side: int) -> Shape:
    def pair(dx: float, dy: float) -> str:
        return f"{number(radius * dx)} {number(radius * dy)}"

    bow = f"a{pair(1, 0.8)} 0"
    outline = (
        f"M{number(x - radius)} {number(y)}{bow} 1 1 {pair(2, 0)}{bow} 0 1 {pair(-1, 0.8)}"
        f"l{pair(side * 0.1, 0.42)}l{pair(-0.46, -0.52)}{bow} 0 1 {pair(-0.64, -0.7)}Z"
    )
    return path(ink, outline)


def drill(dice: Dice, width: int) -> list[Shape]:
    """Chevrons and a swell: mutual aid."""
    start, mirrored = dice.randrange(0, 120, 20), dice.choice((False, True))
    tip = dice.choice((110, 150, 180))
    shapes = []
    for chevron in range(-2, width // 120 + 2):
        x = chevron * 120 + start
        points = ((x, 0), (x + 62, 0), (x + 152, tip), (x + 62, 360), (x, 360), (x + 90, tip))
        turned = [(width - px, py) if mirrored else (px, py) for px, py in points]
        shapes.append(polygon("ab"[chevron % 2], turned))
    for ink, y in (("m", 236), ("p", 286), ("m", 336)):
        shapes.append(line(ink, f"M-40 {y}" + "q40 -34 80 0t80 0" * (width // 120), 16))
    return shapes


def exhibition(dice: Dice, width: int) -> list[Shape]:
    """Pictures on a wall: one frame in each city's ink by turns, a lamp over what they share."""
    first, floor = dice.choice((0, 1)), 318
    shapes = [rect("m", 0, floor, width, HEIGHT - floor)]
    for place in range(width // 150):
        ink = "ab"[(place + first) % 2]
        x, tall = place * 150 + 19, dice.choice((150, 186, 222))
        y = (floor - tall) / 2 + dice.randrange(-16, 17)
        shapes += _framed(dice, ink, (x, y, 112, tall))
    return shapes


def _framed(dice: Dice, ink: str, frame: tuple[float, float, float, float]) -> list[Shape]:
    """One picture: a frame with a sun, an arch or a hill of the other ink in it."""
    x, y, width, height = frame
    other = "b" if ink == "a" else "a"
    middle = x + width / 2
    pictures = (
        lambda: [
            arch(other, x + 26, y + 34, width - 52, height - 48),
            circle("m", middle, y - 22, 11),
        ],
        lambda: [circle(other, middle, y + height / 2, 34)],
        lambda: [
            polygon(other, ((x + 14, y + height - 14), (middle, y + 44), (x + 98, y + height - 14)))
        ],
        lambda: [quarter(other, x + 14, y + height - 98, 84, dice.randrange(4))],
    )
    cord = line("p", f"M{number(middle)} 0V{number(y)}", 3)
    return [cord, rect(ink, x, y, width, height, 6), *dice.choice(pictures)()]


def planning_session(dice: Dice, width: int) -> list[Shape]:
    """Tables seen from above: chairs of both cities by turns around one shared plan."""
    shapes = dots("m", (0, 0, width, HEIGHT), 40, 2.6)
    first = dice.choice((0, 1))
    for table in range(width // 300):
        x, y = table * 300 + 150, 180 + dice.choice((-14, 0, 14))
        shapes += _table(dice, x, y, first)
    return shapes


def _table(dice: Dice, x: float, y: float, first: int, chairs: int = 8) -> list[Shape]:
    turn = dice.random()
    around = []
    for chair in range(chairs):
        angle = 2 * math.pi * (chair + turn) / chairs
        place = x + 118 * math.cos(angle), y + 118 * math.sin(angle)
        around.append(circle("ab"[(chair + first) % 2], *place, 27))
    halves = "ab" if first else "ba"
    leaf = [rect(ink, x - 46 + 46 * side, y - 32, 46, 64) for side, ink in enumerate(halves)]
    pencil = line("p", f"M{number(x - 30)} {number(y + 14)}l26 -26l34 20", 5)
    return [*around, ring("m", x, y, 76, 20), *leaf, pencil]


KINDS: dict[str, Callable[[Dice, int], list[Shape]]] = {
    "exchange": exchange,
    "festival": festival,
    "charrette": charrette,
    "consultation": consultation,
    "drill": drill,
    "exhibition": exhibition,
    "planning_session": planning_session,
}


def cover(kind: str, seed: str, *, wide: bool = False) -> SafeString:
    """The print of a page as SVG: 5:3 for cards, 10:3 (``wide``) for page heads.

    A kind without a drawing of its own gets the quilt. Nothing but numbers enters the
    markup (kind and seed only feed the dice), which is why it is safe.
    """
    width = 2 * WIDTH if wide else WIDTH
    draw = KINDS.get(kind, charrette)
    body = plates(draw(Dice(str(kind), str(seed), str(width)), width))
    return SafeString(
        f'<svg class="print" viewBox="0 0 {width} {HEIGHT}" preserveAspectRatio="xMidYMid slice"'
        ' aria-hidden="true" focusable="false">'
        f'<rect class="paper" width="{width}" height="{HEIGHT}"/>{body}</svg>'
    )
