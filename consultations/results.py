"""What the cities say: counted per city, never pooled, never from groups under five.

Two formulas carry every verdict:

* Wilson's score interval (E. B. Wilson, "Probable inference, the law of succession, and
  statistical inference", JASA 22, 1927).
* Newcombe's interval for a difference of two shares, his method 10 (R. G. Newcombe, "Interval
  estimation for the difference between independent proportions", Statistics in Medicine 17,
  1998), built from two Wilson intervals.

No total over cities is published anywhere, and a city's small group is masked together with a
second one (``partnership.masking``), so that it cannot be computed from the others.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from math import sqrt

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.deciding import deciding
from consultations.models import ConsultationPage, Statement, StatementTally
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP, masked_places

ENOUGH_PER_CITY = 20
COMMON_GROUND = 0.5
ONE_SIDED_95 = 1.645
TWO_SIDED_95 = 1.96


class Verdict(models.TextChoices):
    """What the figures of a statement allow to be said about the cities."""

    COMMON = "common", _("Common ground")
    DIFFER = "differ", _("The cities differ")
    EARLY = "early", _("Too early to say")
    NONE = "", _("No verdict")


def wilson_interval(agree: int, seen: int, *, z: float) -> tuple[float, float]:
    """Return Wilson's lower and upper bound of the share agree / seen, each from 0 to 1.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n); of nobody nothing is known: 0 to 1.
    """
    if seen == 0:
        return 0.0, 1.0
    share = agree / seen
    centre = share + z * z / (2 * seen)
    spread = z * sqrt(share * (1 - share) / seen + z * z / (4 * seen * seen))
    size = 1 + z * z / seen
    # The share lies between the bounds; rounding must not say otherwise at 0 and at 1.
    low, high = (centre - spread) / size, (centre + spread) / size
    return min(max(0.0, low), share), max(min(1.0, high), share)


def lower_bound(agree: int, seen: int) -> float:
    """Return Wilson's one-sided 95 % lower bound (z = 1.645): at least so many agree.

    60 of 80 give 0.6631, 45 of 60 give 0.6486.
    """
    return wilson_interval(agree, seen, z=ONE_SIDED_95)[0]


def common_ground_score(groups: Iterable[tuple[int, int]]) -> float:
    """Return the smallest lower bound of all cities' (agree, seen): 0.649 for the two above."""
    return min((lower_bound(agree, seen) for agree, seen in groups), default=0.0)


def difference_interval(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float]:
    """Return Newcombe's 95 % interval of the first city's share less the second's.

    With Wilson bounds l and u: d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²).
    """
    (agree_1, seen_1), (agree_2, seen_2) = first, second
    if not seen_1 or not seen_2:
        return -1.0, 1.0
    share_1, share_2 = agree_1 / seen_1, agree_2 / seen_2
    low_1, high_1 = wilson_interval(agree_1, seen_1, z=TWO_SIDED_95)
    low_2, high_2 = wilson_interval(agree_2, seen_2, z=TWO_SIDED_95)
    difference = share_1 - share_2
    below = sqrt((share_1 - low_1) ** 2 + (high_2 - share_2) ** 2)
    above = sqrt((high_1 - share_1) ** 2 + (share_2 - low_2) ** 2)
    return difference - below, difference + above


def they_differ(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the interval of the difference leaves 0 out."""
    low, high = difference_interval(first, second)
    return low > 0 or high < 0


def verdict(groups: Sequence[tuple[int, int]]) -> Verdict:
    """Return what may be said about the cities' (agree, seen), one pair for each city."""
    if not groups or any(seen < ENOUGH_PER_CITY for _agree, seen in groups):
        return Verdict.EARLY
    if common_ground_score(groups) >= COMMON_GROUND:
        return Verdict.COMMON
    if any(they_differ(first, second) for first, second in combinations(groups, 2)):
        return Verdict.DIFFER
    return Verdict.NONE


def percents(counts: Sequence[int]) -> list[int]:
    """Return whole percentages that add up to 100 (largest remainder; ties to the first)."""
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    whole = [100 * count // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % total))
    for place in by_remainder[: 100 - sum(whole)]:
        whole[place] += 1
    return whole


@dataclass(frozen=True)
class CityVotes:
    """How one city voted on a statement; ``city`` None is everybody who lives elsewhere.

    The counts are for scores, exports of staff and tests; readers are shown ``agree``,
    ``disagree`` and ``passed``: whole percentages, None when the group is masked.
    """

    city: City | None
    agree_count: int = 0
    disagree_count: int = 0
    passed_count: int = 0
    hides_another: bool = False
    #: Whether a verdict waits for it and rests on it; see ``deciding``.
    decides: bool = True

    @property
    def seen(self) -> int:
        """How many voted, those who were not sure included."""
        return self.agree_count + self.disagree_count + self.passed_count

    @property
    def is_masked(self) -> bool:
        """Whether it is too small to be shown, or would give away one that is."""
        return self.seen < SMALLEST_GROUP or self.hides_another

    @cached_property
    def _percents(self) -> list[int | None]:
        if self.is_masked:
            return [None, None, None]
        return list(percents((self.agree_count, self.disagree_count, self.passed_count)))

    @property
    def agree(self) -> int | None:
        """Percent who agree."""
        return self._percents[0]

    @property
    def disagree(self) -> int | None:
        """Percent who disagree."""
        return self._percents[1]

    @property
    def passed(self) -> int | None:
        """Percent who are not sure."""
        return self._percents[2]


@dataclass(frozen=True)
class Difference:
    """Two cities of which one agrees more, and by how much: the ends of the interval, 0 to 1."""

    more: City
    less: City
    low: float
    high: float


@dataclass(frozen=True)
class StatementResult:
    """A statement's figures: one entry per city in their order, and elsewhere beside them."""

    statement: Statement
    cities: tuple[CityVotes, ...]
    elsewhere: CityVotes
    #: What was published with these figures; without it the verdict follows from them.
    published_verdict: Verdict | None = None

    @property
    def groups(self) -> list[tuple[int, int]]:
        """What is scored: (agree, seen) of each city that decides; elsewhere never is."""
        return [(votes.agree_count, votes.seen) for votes in self.deciding]

    @cached_property
    def deciding(self) -> tuple[CityVotes, ...]:
        """The cities that the verdict speaks of."""
        return tuple(votes for votes in self.cities if votes.decides)

    @cached_property
    def score(self) -> float:
        """The common-ground score, from 0 to 1."""
        return common_ground_score(self.groups)

    @cached_property
    def verdict(self) -> Verdict:
        """What may be said about the cities."""
        told = self.published_verdict
        return verdict(self.groups) if told is None else told

    @cached_property
    def differences(self) -> list[Difference]:
        """The pairs of cities of which one wants it more; none while it is too early."""
        if self.verdict == Verdict.EARLY:
            return []
        pairs = (_difference(first, second) for first, second in combinations(self.deciding, 2))
        return [pair for pair in pairs if pair is not None]

    @property
    def too_few(self) -> list[City]:
        """The cities in which not enough people have voted for a verdict."""
        return [
            votes.city for votes in self.deciding if votes.city and votes.seen < ENOUGH_PER_CITY
        ]

    @property
    def spread(self) -> int:
        """Percentage points between the cities' shares; 0 when one is masked."""
        shares = [votes.agree for votes in self.deciding if votes.agree is not None]
        return max(shares) - min(shares) if len(shares) == len(self.deciding) > 1 else 0


def _difference(first: CityVotes, second: CityVotes) -> Difference | None:
    """Which of two cities agrees more, None unless the interval leaves 0 out."""
    groups = (first.agree_count, first.seen), (second.agree_count, second.seen)
    low, high = difference_interval(*groups)
    if not first.city or not second.city or low <= 0 <= high:
        return None
    if low > 0:
        return Difference(first.city, second.city, low, high)
    return Difference(second.city, first.city, -high, -low)


def statement_results(
    consultation: ConsultationPage, cities: Sequence[City]
) -> list[StatementResult]:
    """Return the figures of every published statement, in their order; two queries."""
    statements = consultation.statements.published().prefetch_related("tallies")
    decide = deciding(consultation, cities)
    return [result_of(statement, cities, decide=decide) for statement in statements]


def result_of(
    statement: Statement,
    cities: Sequence[City],
    totals: Iterable[StatementTally] | None = None,
    *,
    decide: Container[int] | None = None,
) -> StatementResult:
    """Return one statement's figures from its totals (prefetch ``tallies`` for many).

    ``totals`` are others than those that are kept: of another instant, or from a snapshot.
    ``decide`` are the keys of the cities that carry its verdict, without it all of them do.
    """
    known = statement.tallies.all() if totals is None else totals
    tallies = {tally.city_id: tally for tally in known}
    of_cities = {city.code: tallies.get(city.pk) for city in cities}
    masked = masked_places({code: tally.seen if tally else 0 for code, tally in of_cities.items()})
    return StatementResult(
        statement=statement,
        cities=tuple(
            replace(
                _votes_of(city, of_cities[city.code], is_masked=city.code in masked),
                decides=decide is None or city.pk in decide,
            )
            for city in cities
        ),
        elsewhere=_votes_of(None, tallies.get(None)),
    )


def _votes_of(
    city: City | None, tally: StatementTally | None, *, is_masked: bool = False
) -> CityVotes:
    if tally is None:
        return CityVotes(city)
    hides_another = is_masked and tally.seen >= SMALLEST_GROUP
    return CityVotes(city, tally.agree, tally.disagree, tally.passed, hides_another)
