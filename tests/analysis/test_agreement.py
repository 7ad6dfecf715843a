"""Krippendorff's alpha against the examples of its author, and what it must never do."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consultations.analysis.agreement import krippendorffs_alpha

#: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): section A, two observers
#: and binary data; section C, four observers, missing data, nominal categories.
TWO_OBSERVERS = ("0100000010", "1110010000")
FOUR_OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(*observers: str) -> list[Counter]:
    return [
        Counter(value for value in unit if value != ".") for unit in zip(*observers, strict=True)
    ]


@pytest.mark.parametrize(("observers", "alpha"), [(TWO_OBSERVERS, 0.095), (FOUR_OBSERVERS, 0.743)])
def test_it_is_what_its_author_computes(observers, alpha):
    assert krippendorffs_alpha(units(*observers)) == pytest.approx(alpha, abs=0.0005)


def test_by_hand():
    # Two readers, four texts: yes/yes, yes/no, no/no, no/no. Observed: one pair differs, which
    # is 2. Expected: 3 yes and 5 no among 8 values, (64 - 9 - 25) / 7 = 30 / 7. 1 - 14 / 30.
    texts = [{True: 2}, {True: 1, False: 1}, {False: 2}, {False: 2}]

    assert krippendorffs_alpha(texts) == pytest.approx(16 / 30)


@pytest.mark.parametrize("texts", [[], [{True: 1}], [{True: 2}, {True: 3}], [{True: 1, False: 0}]])
def test_where_nothing_differs_nothing_is_said(texts):
    assert krippendorffs_alpha(texts) is None


TEXTS = some.lists(
    some.fixed_dictionaries({True: some.integers(0, 4), False: some.integers(0, 4)}), max_size=9
)


@given(TEXTS)
def test_it_never_exceeds_one_and_names_are_nothing(texts):
    alpha = krippendorffs_alpha(texts)
    turned = krippendorffs_alpha([{"x": each[False], "y": each[True]} for each in texts])

    assert alpha == turned
    assert alpha is None or alpha <= 1


@given(TEXTS, some.integers(0, 4))
def test_a_text_that_one_person_has_read_changes_nothing(texts, place):
    with_one_more = [*texts[:place], {True: 1, False: 0}, *texts[place:]]

    assert krippendorffs_alpha(with_one_more) == krippendorffs_alpha(texts)
