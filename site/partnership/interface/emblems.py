"""The drawings that do not change from page to page: mark, hero and ribbon."""

from functools import cache

from django.utils.safestring import SafeString

from .covers import Dice
from .shapes import (
    Shape,
    arch,
    circle,
    ellipse,
    line,
    number,
    path,
    plates,
    polygon,
    quarter,
    rect,
)

GROUND = 420
HIDDEN = 'aria-hidden="true" focusable="false"'


def _print(css_class: str, view_box: str, body: str, extra: str = "") -> SafeString:
    """The finished SVG; safe because every caller passes constants and numbers only."""
    return SafeString(f'<svg class="{css_class}" viewBox="{view_box}"{extra} {HIDDEN}>{body}</svg>')


@cache
def mark() -> SafeString:
    """Two gates that share a passage."""
    gates = (arch("a", 2, 4, 30, 42), arch("b", 22, 12, 32, 34), circle("m", 46, 6, 5))
    return _print("mark print", "0 0 56 48", plates(gates))


@cache
def ribbon(seed: str = "north", count: int = 24) -> SafeString:
    """One row of the quilt: the selvedge under every page."""
    dice, side = Dice("ribbon", seed), 60
    shapes: list[Shape] = []
    ink = ""
    for place in range(count):
        ink = dice.choice([other for other in ("a", "b", "m") if other != ink])
        shapes += _ribbon_tile(dice, ink, place * side, side)
    width = count * side
    paper = f'<rect class="paper" width="{width}" height="{side}"/>'
    slice_ = ' preserveAspectRatio="xMinYMid slice"'
    return _print("print ribbon", f"0 0 {width} {side}", paper + plates(shapes), slice_)


def _ribbon_tile(dice: Dice, ink: str, x: int, side: int) -> list[Shape]:
    pattern, turn = dice.randrange(6), dice.randrange(4)
    if pattern == 0:
        return [quarter(ink, x, 0, side, turn)]
    if pattern == 1:
        return [quarter("a", x, 0, side, turn), quarter("b", x, 0, side, (turn + 2) % 4)]
    if pattern == 2:
        return [arch(ink, x + 6, 6, side - 12, side - 6)]
    if pattern == 3:
        return [polygon(ink, ((x, side), (x + side, side), (x + side, 0)))]
    if pattern == 4:
        return [circle(ink, x + side / 2, side / 2, side * 0.32)]
    return [rect(ink, x + 5 + bar * 20, 0, 10, side) for bar in range(3)]


@cache
def hero_art() -> SafeString:
    """Two skylines printed over each other, on one bridge."""
    shapes = (
        path("m", "M110 143L312 122V196L110 157Z", soft=True),
        circle("m", 352, 232, 128),
        *(rect("m", 352 - w / 2, y, w, 8, 4) for w, y in ((210, 508), (150, 533), (90, 558))),
        *_northern_skyline(),
        *_southern_skyline(),
        _bridge("a", 0, 430),
        _bridge("b", 284, 720),
        *_birds_and_waves(),
    )
    return _print("hero-art print", "0 0 720 590", plates(shapes))


def _northern_skyline() -> list[Shape]:
    """A lighthouse, gables, alders."""
    tower = "M58 420L70 176H106L118 420ZM82 214h12v20h-12ZM80 276h14v22h-14ZM78 344h16v26h-16Z"
    shapes = [
        path("a", tower, holes=True),
        rect("a", 62, 164, 52, 12),
        path("a", "M72 164V134H104V164ZM80 140h16v18h-16Z", holes=True),
        path("a", "M68 134a20 20 0 0 1 40 0Z"),
    ]
    houses = ((124, 74, 96, 40, 2, 2), (204, 62, 140, 52, 2, 4), (272, 84, 84, 34, 3, 2))
    for x, width, height, roof, columns, rows in (*houses, (362, 66, 168, 46, 2, 5)):
        windows = _windows(x, width, height, columns, rows, arched=False)
        shapes.append(_house("a", x, width, height, roof, windows))
    for x, trunk, rx, ry in ((24, 62, 22, 46), (196, 40, 15, 32), (440, 66, 21, 50)):
        shapes.append(rect("a", x - 3, GROUND - trunk, 6, trunk))
        shapes.append(ellipse("a", x, GROUND - trunk - 14, rx, ry))
    return shapes


def _southern_skyline() -> list[Shape]:
    """A bell tower, arcades, almonds in blossom."""
    bells = "ZM584 228v-26a16 16 0 0 1 32 0v26ZM586 320v-36a14 14 0 0 1 28 0v36Z"
    hall = "M322 420V300H452V420ZM338 420v-46a17 17 0 0 1 34 0v46ZM386 420v-46a17 17 0 0 1 34 0v46Z"
    lights = "".join(f"M{x} 316h14v22h-14Z" for x in (338, 366, 394, 422))
    shapes = [
        path("b", f"M566 420V150H634V420{bells}", holes=True),
        rect("b", 558, 142, 84, 12),
        path("b", "M570 142a30 34 0 0 1 60 0Z"),
        rect("b", 597, 84, 6, 28),
        path("b", hall + lights, holes=True),
        rect("b", 452, 240, 108, 8),
    ]
    for x, width, height, columns, rows in ((458, 96, 176, 3, 4), (640, 70, 120, 2, 3)):
        windows = _windows(x, width, height, columns, rows, arched=True)
        shapes.append(_house("b", x, width, height, 0, windows))
    for x, trunk, crown in ((300, 74, 30), (548, 50, 24)):
        top = GROUND - trunk
        shapes.append(rect("b", x - 3, top, 6, trunk))
        shapes.append(circle("b", x, top - 10, crown))
        shapes += [circle("b", x + d * crown * 0.7, top + 8, crown * 0.62) for d in (-1, 1)]
    return shapes


def _house(ink: str, x: float, width: float, height: float, roof: float, windows: str) -> Shape:
    """A gabled or (``roof`` 0) flat house with its windows cut out."""
    top = GROUND - height
    ridge = f"L{number(x + width / 2)} {number(top - roof)}" if roof else ""
    walls = f"M{number(x)} {GROUND}V{number(top)}{ridge}L{number(x + width)} {number(top)}"
    return path(ink, f"{walls}V{GROUND}Z{windows}", holes=True)


def _windows(
    x: float, width: float, height: float, columns: int, rows: int, *, arched: bool
) -> str:
    """Outlines of a grid of windows, for ``_house`` to cut."""
    gap = width / (columns * 2 + 1)
    tall = min(22, (height - 30) / rows * 0.55)
    outlines = []
    for row in range(rows):
        top = GROUND - height + 14 + row * (tall + 14)
        for column in range(columns):
            left = x + gap + column * 2 * gap
            outlines.append(_window(left, top, gap, tall, arched))
    return "".join(outlines)


def _window(x: float, y: float, width: float, height: float, arched: bool) -> str:
    size = number(width)
    if not arched:
        return f"M{number(x)} {number(y)}h{size}v{number(height)}h-{size}Z"
    radius, foot = number(width / 2), number(y + height)
    head = f"a{radius} {radius} 0 0 1 {size} 0"
    return f"M{number(x)} {foot}V{number(y + width / 2)}{head}V{foot}Z"


def _bridge(ink: str, start: int, end: int) -> Shape:
    """The bridge from ``start`` to ``end``, its arches cut out; each city prints a half."""
    arches = "".join(
        f"M{x + 10} 496v-24a26 26 0 0 1 52 0v24Z"
        for x in range(-4, 724, 72)
        if start <= x + 10 and x + 62 <= end
    )
    return path(ink, f"M{start} 496V412H{end}V496Z{arches}", holes=True)


def _birds_and_waves() -> list[Shape]:
    shapes = [
        line("p", f"M{x} {y}q10 -12 20 0q10 -12 20 0", 4)
        for x, y in ((232, 72), (294, 44), (470, 92))
    ]
    for row, ink in enumerate("apb"):
        swell = f"M{-60 + row * 22} {520 + row * 26}" + "q20 -16 40 0t40 0" * 11
        shapes.append(line(ink, swell, 7))
    return shapes
