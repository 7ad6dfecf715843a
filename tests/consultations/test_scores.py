"""The formulas: worked examples, published values, and what must hold for any figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.models import Statement
from consultations.results import (
    CityVotes,
    StatementResult,
    Verdict,
    common_ground_score,
    difference_interval,
    lower_bound,
    percents,
    they_differ,
    verdict,
    wilson_interval,
)
from partnership.cities.models import City
from partnership.masking import masked_places

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


@given(groups, groups)
def test_copying_one_citys_votes_ten_times_never_lifts_the_score_above_the_others_bound(
    first, second
):
    ten_times = (first[0] * 10, first[1] * 10)

    assert common_ground_score([ten_times, second]) <= lower_bound(*second)


@given(groups, groups)
def test_swapping_the_cities_changes_nothing(first, second):
    assert common_ground_score([first, second]) == common_ground_score([second, first])
    assert verdict([first, second]) == verdict([second, first])
    assert they_differ(first, second) == they_differ(second, first)


@given(groups, groups, st.sampled_from([0, 1]))
def test_one_more_who_disagrees_or_passes_never_raises_the_score(first, second, where):
    cities = [first, second]
    agree, seen = cities[where]
    before = common_ground_score(cities)
    cities[where] = (agree, seen + 1)

    assert common_ground_score(cities) <= before


@given(st.lists(groups, min_size=3, max_size=5))
def test_the_score_of_many_partners_is_that_of_the_least_convinced(cities):
    assert common_ground_score(cities) == min(lower_bound(*city) for city in cities)


def test_three_partners_by_hand():
    """80 of 100, 60 of 80 and 13 of 20: the third decides, and one city less is too early."""
    three = [(80, 100), (60, 80), (13, 20)]

    assert round(common_ground_score(three), 4) == 0.4665
    assert verdict(three) == Verdict.NONE
    assert verdict([*three[:2], (13, 19)]) == Verdict.EARLY
    assert verdict(three[:2]) == Verdict.COMMON


def test_as_long_as_it_is_too_early_no_city_is_said_to_want_it_more():
    one, other = (City(pk=key) for key in (1, 2))
    sure, early = (
        StatementResult(
            Statement(),
            (CityVotes(one, agree_count=number), CityVotes(other, disagree_count=number)),
            CityVotes(None),
        )
        for number in (20, 19)
    )

    assert [(pair.more, pair.less) for pair in sure.differences] == [(one, other)]
    assert early.differences == []


@pytest.mark.parametrize(
    ("sizes", "masked"),
    [
        ((60, 45), set()),
        ((60, 3), {0, 1}),
        ((60, 0), {1}),
        ((60, 45, 3), {1, 2}),
        ((60, 3, 2), {1, 2}),
        ((3, 2), {0, 1}),
        ((5, 5), set()),
        ((), set()),
    ],
)
def test_a_small_group_takes_the_smallest_of_the_others_with_it(sizes, masked):
    assert masked_places(dict(enumerate(sizes))) == masked


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_no_masked_group_is_the_only_one_with_people_when_the_total_is_known(sizes):
    masked = masked_places(dict(enumerate(sizes)))
    with_people = [place for place in masked if sizes[place]]

    assert all(sizes[place] >= 5 for place in range(len(sizes)) if place not in masked)
    assert len(with_people) != 1 or sum(size > 0 for size in sizes) == 1
