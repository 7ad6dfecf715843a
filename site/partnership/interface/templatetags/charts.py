"""Charts as SVG with attributes, no inline style: ``{% load charts %}``.

Every chart is decoration for assistive technology: the component around it gives the same
figures as text. Markup here is built from numbers and from words of a closed list only,
which is why it is safe.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString

from partnership.interface.shapes import number

register = template.Library()

INKS = ("a", "b", "c", "ink", "shared", "ok")
HIDDEN = 'aria-hidden="true" focusable="false"'
#: The line between the cities, by what may be said of them; a thin one says nothing.
GAPS = {"common": "gap-line", "differ": "gap-wide"}


def _percent(value: float | None) -> float:
    return min(100.0, max(0.0, float(value or 0)))


def _ink(name: str) -> str:
    return name if name in INKS else "ink"


@register.filter
def share_of(part: float | None, whole: float | None) -> float:
    """How many percent ``part`` is of ``whole``, between 0 and 100."""
    return _percent(100 * float(part or 0) / float(whole)) if whole else 0.0


@register.filter
def shares(rows: Iterable) -> list[float]:
    """The ``share`` of each row, for a bar that shows them together."""
    return [row["share"] if isinstance(row, dict) else row.share for row in rows]


@register.simple_tag
def bar(percent: float, ink: str = "ink") -> SafeString:
    """One bar, filled to ``percent``, in a city's ink (a, b, c) or a neutral one."""
    return SafeString(
        f'<svg {HIDDEN} width="100%" height="10"><rect class="bar-bg" width="100%" height="100%"'
        f' rx="5"/><rect class="bar-{_ink(ink)}" width="{number(_percent(percent))}%"'
        ' height="100%" rx="5"/></svg>'
    )


@register.simple_tag
def stackbar(ink: str, agree: float, disagree: float, passed: float) -> SafeString:
    """A city's answers: agree solid, disagree hatched, not sure pale."""
    hue = ink if ink in {"a", "b", "c"} else "i"
    solid, hatched, pale = (_percent(value) for value in (agree, disagree, passed))
    return SafeString(
        f'<svg class="stackbar" {HIDDEN} width="100%" height="22">'
        f'<rect class="s{hue}" width="{number(solid)}%" height="100%"/>'
        f'<rect fill="url(#hatch-{hue})" x="{number(solid)}%" width="{number(hatched)}%"'
        f' height="100%"/><rect class="s{hue}-l" x="{number(solid + hatched)}%"'
        f' width="{number(pale)}%" height="100%"/></svg>'
    )


@register.simple_tag
def dumbbell(shares: Iterable, verdict: str = "") -> SafeString:
    """Where each city stands on a line from 0 to 100; ``shares`` have a city and ``agree``.

    How near they are is no verdict: two cities that both refuse are as near as can be. The line
    between them joins those of which the verdict speaks, all unless some have ``decides`` false.
    """
    shares = list(shares)
    points = [point for point in map(_point, shares) if point is not None]
    joined = [share for share in shares if getattr(share, "decides", True)]
    places = [point[1] for point in map(_point, joined) if point is not None]
    low, high = min(places, default=0.0), max(places, default=0.0)
    gap = GAPS.get(verdict, "gap-none")
    ticks = "".join(
        f'<line class="axis-tick" x1="{x}%" x2="{x}%" y1="11" y2="27"/>' for x in (0, 50, 100)
    )
    marks = "".join(_mark(letter, place) for letter, place in points)
    return SafeString(
        f'<svg {HIDDEN} width="100%" height="38">'
        f'<line class="axis" x1="0" x2="100%" y1="19" y2="19"/>{ticks}'
        f'<line class="{gap}" x1="{number(low)}%" x2="{number(high)}%" y1="19" y2="19"/>'
        f"{marks}</svg>"
    )


def _point(share: Any) -> tuple[str, float] | None:
    """The city's letter and its place; nothing when the group is too small to show."""
    if isinstance(share, dict):
        city, agree = share["city"], share["agree"]
    else:
        city, agree = share.city, share.agree
    return None if agree is None else (city.letter, _percent(agree))


def _mark(letter: str, place: float) -> str:
    """The city's shape on the line: disc, square, diamond."""
    x = f"{number(place)}%"
    shapes = {
        "a": '<circle class="pt-a" r="10"/>',
        "b": '<rect class="pt-b" x="-9" y="-9" width="18" height="18" rx="3"/>',
        "c": '<path class="pt-c" d="M0-12L12 0L0 12L-12 0Z"/>',
    }
    shape = shapes.get(letter, '<circle class="bar-ink" r="8"/>')
    return f'<svg x="{x}" y="19" overflow="visible">{shape}</svg>'


@register.simple_tag
def meeting_bar(percents: Sequence[float], left_ink: str = "a", right_ink: str = "b") -> SafeString:
    """Two cities grow towards the middle line; each number is the percent of its half."""
    left, right = (_percent(value) for value in percents)
    inks = [_ink(ink) for ink in (left_ink, right_ink)]
    return SafeString(
        f'<svg {HIDDEN} width="100%" height="18">'
        '<rect class="bar-bg" width="100%" height="100%" rx="9"/>'
        f'<svg width="50%" height="100%"><rect class="bar-{inks[0]}" x="{number(100 - left)}%"'
        f' width="{number(left)}%" height="100%"/></svg>'
        f'<svg x="50%" width="50%" height="100%"><rect class="bar-{inks[1]}"'
        f' width="{number(right)}%"'
        ' height="100%"/></svg><line class="mid" x1="50%" x2="50%" y1="-4" y2="22"/></svg>'
    )
