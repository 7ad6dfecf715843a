"""Drawings of readings and milestones: ``{% load delivery %}``. Their tables say the same.

Markup here is built from numbers, letters of a closed list and names of months only, which is
why it is safe.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString

from partnership.interface.shapes import number
from partnership.interface.templatetags.charts import HIDDEN
from partnership.interface.templatetags.figures import cents_of
from partnership.interface.templatetags.figures import number as grouped

register = template.Library()

WIDTH, HEIGHT, EDGE = 240, 60, 8
SHAPES = {
    "a": '<circle class="{look} {look}-a" r="8"/>',
    "b": '<rect class="{look} {look}-b" x="-7" y="-7" width="14" height="14" rx="2"/>',
    "c": '<path class="{look} {look}-c" d="M0-10L10 0L0 10L-10 0Z"/>',
}
OTHER = '<circle class="{look}" r="7"/>'


@register.filter
def figure(value: Decimal) -> str:
    """A figure as the reader writes it, with the decimals it has."""
    return grouped(value, max(0, -int(Decimal(value).normalize().as_tuple().exponent)))


@register.filter
def by_step(rows: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows of milestones, those together that several cities plan for the same day."""
    steps: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        each = row["milestone"]
        same = (each.planned_on, each.commitment_id, str(each.what))
        steps.setdefault(same, []).append(row)
    return list(steps.values())


@register.simple_tag
def cents_of_lines(lines: Iterable[Any], sums: Iterable[Any]) -> int:
    """How many decimals the table of these lines and their sums is written with."""
    return cents_of(amount for row in (*lines, *sums) for amount in row.amounts)


@register.simple_tag
def trend(readings: Sequence[tuple[date, float]]) -> SafeString:
    """A line from reading to reading, as far apart as their days; the highest at the top."""
    values = [float(value) for _day, value in readings]
    days = [(day - readings[0][0]).days for day, _value in readings]
    low, high, last = min(values), max(values), days[-1] or 1
    points = [
        (
            EDGE + (WIDTH - 2 * EDGE) * day / last,
            HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * ((value - low) / (high - low or 1)),
        )
        for day, value in zip(days, values, strict=True)
    ]
    line = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    dots = "".join(f'<circle cx="{number(x)}" cy="{number(y)}" r="4"/>' for x, y in points)
    return SafeString(
        f'<svg class="trend" {HIDDEN} viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}"'
        f' height="{HEIGHT}"><polyline points="{line}"/>{dots}</svg>'
    )


@register.simple_tag
def months() -> SafeString:
    """The year from left to right."""
    names = [date_format(date(2000, number, 1), "M") for number in range(1, 13)]
    words = "".join(
        f'<text x="{number(100 * place / 12)}%" y="14">{escape(month)}</text>'
        for place, month in enumerate(names)
    )
    return SafeString(f'<svg class="months" {HIDDEN} width="100%" height="20">{words}</svg>')


@register.simple_tag
def lane(
    marks: Sequence[tuple[float, float | None]], letter: str, today: float | None = None
) -> SafeString:
    """A city's year: hollow where a milestone is planned, full where it was reached."""
    ticks = "".join(
        f'<line class="axis-tick" x1="{x}%" x2="{x}%" y1="12" y2="28"/>'
        for x in (0, 25, 50, 75, 100)
    )
    now = "" if today is None else _line("today", today, today, 0, 40)
    drawn = "".join(_mark(planned, reached, letter) for planned, reached in marks)
    return SafeString(
        f'<svg class="lane" {HIDDEN} width="100%" height="40">'
        f'<line class="axis" x1="0" x2="100%" y1="20" y2="20"/>{ticks}{now}{drawn}</svg>'
    )


def _mark(planned: float, reached: float | None, letter: str) -> str:
    shape = SHAPES.get(letter, OTHER)
    aim = _at(planned, shape.format(look="aim"))
    if reached is None:
        return aim
    way = _line("way", planned, reached, 20, 20)
    return way + aim + _at(reached, shape.format(look="got"))


def _line(look: str, start: float, end: float, top: int, foot: int) -> str:
    across = f'x1="{number(start)}%" x2="{number(end)}%"'
    return f'<line class="{look}" {across} y1="{top}" y2="{foot}"/>'


def _at(place: float, shape: str) -> str:
    return f'<svg x="{number(place)}%" y="20" overflow="visible">{shape}</svg>'
