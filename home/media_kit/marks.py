"""The site's own drawings as files that look the same anywhere, without its style sheet."""

from collections.abc import Iterable

from partnership.cities.models import City
from partnership.interface import emblems

#: The plates by day, as in ``tokens.css``; a city with an ink of its own prints with that.
PLATES = {"a": "#3654DC", "b": "#EF5360", "m": "#FFBE3D", "p": "#2A1B45", "paper": "#F5EDF4"}
DRAWINGS = {"mark": emblems.mark, "skyline": emblems.hero_art, "ribbon": emblems.ribbon}
RULES = (
    ".ink-b{mix-blend-mode:multiply}"
    ".ink-m,.ink-a,.ink-b{stroke:currentColor;stroke-width:.7}"
    ".stroke{fill:none;stroke:currentColor}.soft{opacity:.45}"
)


def marks(cities: Iterable[City]) -> dict[str, str]:
    """Return each drawing as an SVG file in the cities' inks, by its name."""
    inks = {**PLATES, **{city.letter: city.ink for city in cities if city.ink}}
    plates = "".join(
        f".ink-{ink}{{fill:{inks[ink]};color:{inks[ink]}}}" for ink in ("m", "a", "b", "p")
    )
    style = f"<style>.paper{{fill:{inks['paper']}}}{plates}{RULES}</style>"
    return {name: _alone(str(draw()), style) for name, draw in DRAWINGS.items()}


def _alone(drawing: str, style: str) -> str:
    opening, rest = drawing.split(">", 1)
    opening = opening.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return f"{opening}>{style}{rest}\n"
