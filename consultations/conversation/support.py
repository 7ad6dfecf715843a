"""How much a comment is supported: each city weighs the same, however many speak for it."""

from collections.abc import Iterable

from consultations.results import lower_bound


def support_score(groups: Iterable[tuple[int, int]]) -> float:
    """Return the sum of the cities' lower bounds of (support, said something), 0 to 1 each.

    The lower bound and not the difference of yes and no: three of three say less than sixty
    of seventy. One bound for each city, a silent one adding nothing, and not one of all heads: a
    comment that every city supports stands above one that only the largest city knows. No mean,
    so that what is kept stays true when a city joins.
    """
    return sum(lower_bound(support, said) for support, said in groups if said)
