"""Which projects the sum pays for, by a rule that needs every city.

For project i and city c, L is Wilson's one-sided lower bound of the share of those in c who
answered the question and chose i, z = 1.645 (see ``consultations.results``). The projects stand in
the order of their smallest L over the cities, the largest first; equals by the other cities' L,
from the smaller ones up, then by identifier. From the first to the last, each is paid for while
what is left of the sum suffices (the greedy rule of knapsack voting: A. Goel, A. K. Krishnaswamy,
S. Sakshuwong, T. Aitamurto, "Knapsack voting for participatory budgeting", ACM Transactions on
Economics and Computation 7, 2019); one that does not fit is passed over, and one that nobody
of a city chose is not paid for. As long as fewer than 20 people of a city have answered, nothing
is said. Who lives elsewhere decides nothing, nor does a city that the consultation is not of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.results import ENOUGH_PER_CITY, lower_bound


@dataclass(frozen=True)
class ProjectOutcome:
    """What becomes of a project: ``together`` is what it costs with those paid for before it."""

    key: str
    cost: int
    #: The smallest lower bound of its share over the cities, from 0 to 1.
    score: float
    is_paid_for: bool
    together: int


def is_too_early(people: Sequence[int]) -> bool:
    """Whether fewer than 20 people of a city have answered."""
    return min(people, default=0) < ENOUGH_PER_CITY


def outcome_of(
    total: int, costs: Mapping[str, int], chosen: Mapping[str, Sequence[int]], people: Sequence[int]
) -> tuple[ProjectOutcome, ...]:
    """Return the projects in their order; nothing while it is too early.

    ``people`` is how many of each city answered, ``chosen`` how many of each chose a project.
    """
    if is_too_early(people):
        return ()
    bounds = {
        key: sorted(lower_bound(number, of) for number, of in zip(chosen[key], people, strict=True))
        for key in costs
    }
    in_order = sorted(costs, key=lambda key: ([-bound for bound in bounds[key]], key))
    spent, found = 0, []
    for key in in_order:
        score, together = bounds[key][0], spent + costs[key]
        is_paid_for = score > 0 and together <= total
        spent = together if is_paid_for else spent
        found.append(ProjectOutcome(key, costs[key], score, is_paid_for, together))
    return tuple(found)
