"""What readers are shown of the figures: of every year, and of all years together.

The line of all years is made of nothing but what the single years show. So nobody can take the
years from it and be left with what one of them keeps back; where one does, it says "at least".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from home.parity.counting import ELSEWHERE, Counted, Figures
from home.parity.masking import kept_back, kept_back_apart
from home.parity.measures import IN_WORDS, OF_PEOPLE, PUBLIC, VOICES, WAYS
from partnership.cities.models import City


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as readers see it; None is kept back."""

    number: int | float | None
    is_at_least: bool = False

    def per_1000(self, city: City | None) -> float | None:
        """The same for every 1,000 residents; None where either is not known."""
        if self.number is None or city is None or not city.population:
            return None
        return 1000 * self.number / city.population


KEPT_BACK = Shown(None)
#: What is counted, and for each place what is shown of it.
Lines = dict[str, dict[str, Shown]]


def boards_of(counted: Counted) -> dict[int | None, Lines]:
    """The lines of every year, and under None those of all years together."""
    boards: dict[int | None, Lines] = {
        year: _of_year(counted, year) for year in counted.years.newest_first
    }
    boards[None] = together(boards.values())
    for year, lines in boards.items():
        lines["answer_days"] = {
            place: Shown(counted.median_days(year, place)) for place in counted.places
        }
    return boards


def _of_year(counted: Counted, year: int) -> Lines:
    figures, places = counted.figures, counted.places
    lines = _people(figures, year, places)
    for each in PUBLIC:
        lines[each.key] = {place: Shown(figures[each.key, year, place].number) for place in places}
    return lines | _parts(figures, year, lines)


def _people(figures: Figures, year: int, places: Iterable[str]) -> Lines:
    lines: Lines = {}
    for each in OF_PEOPLE:
        people = {place: figures[each.key, year, place].group for place in places}
        apart = () if each.whole_is_told else (ELSEWHERE,)
        hidden = kept_back_apart(people, apart)
        lines[each.key] = {
            place: KEPT_BACK if place in hidden else Shown(figures[each.key, year, place].number)
            for place in places
        }
    return lines


def _parts(figures: Figures, year: int, lines: Lines) -> Lines:
    """How, and for whom, what was said in a year came in; ways and voices that there were.

    They are parts of a whole that is shown for each place; where it is not, none of them is.
    """
    places = list(lines[IN_WORDS[0]])
    found: Lines = {}
    for parts in (WAYS, VOICES):
        keys = [
            each.key for each in parts if any(figures[each.key, year, p].number for p in places)
        ]
        for place in places:
            hidden = kept_back({key: figures[key, year, place].people for key in keys})
            if any(lines[key][place].number is None for key in IN_WORDS):
                hidden = frozenset(keys)
            for key in keys:
                shown = KEPT_BACK if key in hidden else Shown(figures[key, year, place].number)
                found.setdefault(key, {})[place] = shown
    return found


def together(boards: Iterable[Mapping[str, Mapping[str, Shown]]]) -> Lines:
    """All years, from what is shown of each."""
    cells: dict[str, dict[str, list[Shown]]] = {}
    for lines in boards:
        for key, line in lines.items():
            for place, shown in line.items():
                cells.setdefault(key, {}).setdefault(place, []).append(shown)
    return {
        key: {place: _sum(shown) for place, shown in line.items()} for key, line in cells.items()
    }


def _sum(cells: list[Shown]) -> Shown:
    known = [shown.number for shown in cells if shown.number is not None]
    if not any(known) and len(known) < len(cells):
        return KEPT_BACK
    return Shown(sum(known), is_at_least=len(known) < len(cells))
