"""Middle values and mean places: the arithmetic behind numbers, days and rankings.

Every function takes counts, ``{value: how many people gave it}``, as the database groups them.
"""

from collections.abc import Mapping, Sequence

Number = int | float


def median(counts: Mapping[Number, int]) -> Number | None:
    """Return the value in the middle; the mean of the two middle ones for an even number."""
    people = sum(counts.values())
    if not people:
        return None
    low, high = _at(counts, (people - 1) // 2), _at(counts, people // 2)
    return low if low == high else (low + high) / 2


def _at(counts: Mapping[Number, int], place: int) -> Number:
    """The value at a place (from 0) of all of them in order."""
    for value in sorted(counts):
        place -= counts[value]
        if place < 0:
            return value
    raise IndexError(place)


def mean(counts: Mapping[Number, int]) -> float | None:
    """Return the mean of all values."""
    people = sum(counts.values())
    return sum(value * number for value, number in counts.items()) / people if people else None


def mean_places(
    rankings: Mapping[tuple[str, ...], int], options: Sequence[str]
) -> dict[str, float]:
    """Return the mean place of every option, 1 for one that everybody put first.

    What somebody left out shares the places they did not give: of five options with two
    ranked, the other three stand on place 4 each, the mean of 3, 4 and 5.
    """
    people = sum(rankings.values())
    totals = dict.fromkeys(options, 0.0)
    for ranked, number in rankings.items():
        shared = (len(ranked) + 1 + len(options)) / 2
        for option in options:
            place = ranked.index(option) + 1 if option in ranked else shared
            totals[option] += place * number
    return {option: total / people for option, total in totals.items()} if people else {}


def points(place: float, options: int) -> float:
    """Return Borda's points of a mean place, from 0 (always last) to 100 (always first)."""
    return 100 * (options - place) / (options - 1) if options > 1 else 100.0
