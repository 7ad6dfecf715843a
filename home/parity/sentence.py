"""The plain sentence at the top: who took part, and which side is behind, where it honestly is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.results import they_differ
from home.parity.board import Shown
from partnership.cities.models import City


@dataclass(frozen=True, slots=True)
class Standing:
    """The cities with their people for every 1,000 residents, and the one that is behind."""

    rates: list[tuple[City, float]]
    behind: City | None = None
    ahead: City | None = None


def standing(cities: Sequence[City], people: Mapping[str, Shown]) -> Standing | None:
    """Compare the shares of residents who took part; None where one is not known.

    A city is behind when Newcombe's 95 % interval of the difference to the city in front leaves
    out nought (``consultations.results``): residents are the whole, people who took part the part.
    Of figures that are "at least" nothing follows.
    """
    rates = [(city, people[city.code].per_1000(city)) for city in cities]
    known = [(city, rate) for city, rate in rates if rate is not None]
    if len(known) < len(cities) or len(known) < 2:
        return None
    last, first = (pick(known, key=lambda each: each[1])[0] for pick in (min, max))
    if _is_honest(people[first.code], first, people[last.code], last):
        return Standing(known, behind=last, ahead=first)
    return Standing(known)


def _is_honest(more: Shown, first: City, less: Shown, last: City) -> bool:
    groups = [
        (int(shown.number or 0), city.population or 0)
        for shown, city in ((more, first), (less, last))
    ]
    if more.is_at_least or less.is_at_least or any(people > whole for people, whole in groups):
        return False
    return they_differ(*groups)
