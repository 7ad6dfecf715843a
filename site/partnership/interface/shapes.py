"""The shapes that prints are made of, each in one ink, and how plates are pulled from them."""

from collections.abc import Iterable
from typing import NamedTuple

# Printing order: marigold first, city A over it, city B multiplied on top, line-work last.
INKS = ("m", "a", "b", "p")


class Shape(NamedTuple):
    """One SVG element without its colour: the plate it lies on gives it that."""

    ink: str
    markup: str


def number(value: float) -> str:
    """The number as short as one decimal allows, so that a page stays light."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def path(ink: str, d: str, *, soft: bool = False, holes: bool = False) -> Shape:
    """A filled outline; ``holes`` lets inner outlines cut windows."""
    rule = ' fill-rule="evenodd"' if holes else ""
    style = ' class="soft"' if soft else ""
    return Shape(ink, f'<path{style}{rule} d="{d}"/>')


def line(ink: str, d: str, width: float) -> Shape:
    """A stroke along the path."""
    return Shape(ink, f'<path class="stroke" stroke-width="{number(width)}" d="{d}"/>')


def circle(ink: str, x: float, y: float, radius: float) -> Shape:
    """A disc."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return Shape(ink, f"<circle {place}/>")


def ring(ink: str, x: float, y: float, radius: float, width: float) -> Shape:
    """A circle drawn as a stroke."""
    place = f'cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"'
    return Shape(ink, f'<circle class="stroke" {place} stroke-width="{number(width)}"/>')


def ellipse(ink: str, x: float, y: float, rx: float, ry: float) -> Shape:
    """The crown of a tree."""
    place = f'cx="{number(x)}" cy="{number(y)}" rx="{number(rx)}" ry="{number(ry)}"'
    return Shape(ink, f"<ellipse {place}/>")


def rect(ink: str, x: float, y: float, width: float, height: float, corner: float = 0) -> Shape:
    """A rectangle, its corners rounded by ``corner``."""
    rounded = f' rx="{number(corner)}"' if corner else ""
    size = f'width="{number(width)}" height="{number(height)}"'
    return Shape(ink, f'<rect x="{number(x)}" y="{number(y)}" {size}{rounded}/>')


def polygon(ink: str, points: Iterable[tuple[float, float]], *, soft: bool = False) -> Shape:
    """Straight edges from point to point and back."""
    corners = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return path(ink, f"M{corners}Z", soft=soft)


def arch(ink: str, x: float, y: float, width: float, height: float) -> Shape:
    """The shape of the brand: a gate with a round head."""
    radius = number(width / 2)
    foot = number(y + height)
    spring = number(y + width / 2)
    head = f"a{radius} {radius} 0 0 1 {number(width)} 0"
    return path(ink, f"M{number(x)} {foot}V{spring}{head}V{foot}Z")


def quarter(ink: str, x: float, y: float, side: float, corner: int) -> Shape:
    """A quarter disc filling the square; its centre is ``corner`` (0 top left, clockwise)."""
    corners = ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    centre, start, end = (corners[(corner + turn) % 4] for turn in (0, 1, 3))
    points = [f"{number(px)} {number(py)}" for px, py in (centre, start, end)]
    radius = number(side)
    return path(ink, f"M{points[0]}L{points[1]}A{radius} {radius} 0 0 1 {points[2]}Z")


def dots(
    ink: str, area: tuple[float, float, float, float], step: float, radius: float
) -> list[Shape]:
    """A screen of dots over ``area`` (x, y, width, height), every other row half a step in."""
    left, top, width, height = area
    shapes = []
    y = top + step / 2
    indent = False
    while y < top + height:
        x = left + (step if indent else step / 2)
        while x < left + width:
            shapes.append(circle(ink, x, y, radius))
            x += step
        y += step * 0.86
        indent = not indent
    return shapes


def plates(shapes: Iterable[Shape]) -> str:
    """One group per ink in printing order; the style sheet colours and multiplies them."""
    sheets: dict[str, list[str]] = {ink: [] for ink in INKS}
    for shape in shapes:
        sheets[shape.ink].append(shape.markup)
    return "".join(
        f'<g class="ink-{ink}">{"".join(sheet)}</g>' for ink, sheet in sheets.items() if sheet
    )
