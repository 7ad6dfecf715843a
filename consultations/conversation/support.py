"""How much a comment is supported: each city weighs the same, however many speak for it."""

from collections.abc import Iterable

from consultations.results import lower_bound


def support_score(groups: Iterable[tuple[int, int]], *, cities: int) -> float:
    """Return the mean of the cities' lower bounds of (support, said something), 0 to 1.

    The lower bound and not the difference of yes and no: three of three say less than sixty
    of seventy. The mean over all cities, one that is silent counting 0, and not one sum: a
    comment that both cities support stands above one that only the larger city knows.
    """
    bounds = [lower_bound(support, said) for support, said in groups if said]
    return sum(bounds) / cities if cities else 0.0
