"""The formulas: worked examples, published values, and what must hold for any figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.results import (
    CityVotes,
    Verdict,
    common_ground_score,
    difference_interval,
    lower_bound,
    percents,
    they_differ,
    verdict,
    wilson_interval,
)

groups = st.integers(1, 5000).flatmap(lambda seen: st.tuples(st.integers(0, seen), st.just(seen)))


def test_the_worked_example_of_the_lower_bound():
    bounds = (lower_bound(60, 80), lower_bound(45, 60))

    assert [round(bound, 4) for bound in bounds] == [0.6631, 0.6486]


def test_the_worked_example_of_the_score_is_the_smaller_bound():
    score = common_ground_score([(60, 80), (45, 60)])

    assert round(score, 3) == 0.649


def test_the_interval_equals_a_published_one():
    """Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263."""
    low, high = wilson_interval(81, 263, z=1.96)

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0000)),
    ],
)
def test_the_difference_equals_published_ones(first, second, expected):
    """Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10."""
    low, high = difference_interval(first, second)

    assert (round(low, 4), round(high, 4)) == expected


def test_nobody_asked_means_nothing_known():
    assert wilson_interval(0, 0, z=1.96) == (0.0, 1.0)
    assert common_ground_score([]) == 0.0
    assert not they_differ((0, 0), (10, 10))


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(60, 80), (45, 60)], Verdict.COMMON),
        ([(19, 19), (45, 60)], Verdict.EARLY),
        ([(70, 80), (20, 60)], Verdict.DIFFER),
        ([(40, 80), (30, 60)], Verdict.NONE),
        ([], Verdict.EARLY),
    ],
)
def test_the_verdict(groups, expected):
    assert verdict(groups) == expected


@given(groups)
def test_the_lower_bound_never_exceeds_the_share(group):
    agree, seen = group

    assert 0 <= lower_bound(agree, seen) <= agree / seen


@given(groups, groups)
def test_the_difference_lies_inside_its_interval_and_turns_round_with_the_cities(first, second):
    low, high = difference_interval(first, second)
    difference = first[0] / first[1] - second[0] / second[1]

    assert low - 1e-9 <= difference <= high + 1e-9
    assert difference_interval(second, first) == pytest.approx((-high, -low))


@given(groups)
def test_a_city_never_differs_from_itself(group):
    assert not they_differ(group, group)


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=6))
def test_percentages_add_up_to_a_hundred(counts):
    expected = 100 if sum(counts) else 0

    assert sum(percents(counts)) == expected


@given(groups.filter(lambda group: group[1] >= 20))
def test_one_more_who_agrees_never_lowers_the_score(group):
    agree, seen = group

    assert lower_bound(agree + 1, seen + 1) >= lower_bound(agree, seen)


@pytest.mark.parametrize(("seen", "agree"), [(4, None), (5, 100)])
def test_groups_under_five_are_masked(seen, agree):
    votes = CityVotes(None, agree_count=seen)

    assert votes.agree == agree
