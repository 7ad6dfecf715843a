"""Money, percentages and numbers as each reader writes them."""

from decimal import Decimal

import pytest
from django.utils import translation

from partnership.interface.templatetags.figures import (
    money,
    number,
    percent,
    places_left,
    whole_money,
)


@pytest.mark.parametrize(
    ("language", "amount", "currency", "expected"),
    [
        ("en", 12300, "EUR", "€12,300"),
        ("en", 4100, "EUR", "€4,100"),
        ("en", Decimal("1234567.50"), "GBP", "£1,234,567.50"),
        ("en", 12300, "CHF", "12,300\u00a0CHF"),
        ("en", None, "EUR", "–"),
        ("es", 12300, "EUR", "12\u00a0300\u00a0€"),
        ("es", 4100, "EUR", "4100\u00a0€"),
        ("es", Decimal("1234567.50"), "GBP", "1\u00a0234\u00a0567,50\u00a0£"),
        ("es", 0, "EUR", "0\u00a0€"),
    ],
)
def test_money_is_written_as_the_reader_writes_it(language, amount, currency, expected):
    with translation.override(language):
        assert money(amount, currency) == expected


@pytest.mark.parametrize(
    ("language", "amount", "currency", "expected"),
    [
        ("en", "182046.74", "EUR", "€182,047"),
        ("es", "155595.43", "GBP", "155\u00a0595\u00a0£"),
        ("en", "142.50", "GBP", "£143"),
        ("en", None, "EUR", "–"),
    ],
)
def test_at_a_glance_an_amount_has_no_cents_and_never_breaks(language, amount, currency, expected):
    with translation.override(language):
        assert whole_money(amount and Decimal(amount), currency) == expected


@pytest.mark.parametrize(
    ("language", "value", "decimals", "expected"),
    [
        ("en", 45, 0, "45%"),
        ("es", 45, 0, "45\u00a0%"),
        ("en", 45.25, 1, "45.2%"),
        ("es", 45.25, 1, "45,2\u00a0%"),
        ("es", None, 0, "–"),
    ],
)
def test_a_percentage_is_written_as_the_reader_writes_it(language, value, decimals, expected):
    with translation.override(language):
        assert percent(value, decimals) == expected


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [("en", 3218, "3,218"), ("es", 3218, "3218"), ("es", 12388, "12\u00a0388"), ("en", None, "")],
)
def test_a_number_is_grouped_as_the_reader_groups_it(language, value, expected):
    with translation.override(language):
        assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(0.699187, 2, "0.70"), (11.691, 1, "11.7"), (9999.6, 0, "10,000"), (-0.004, 2, "0.00")],
)
def test_a_number_is_rounded_and_never_cut_off(value, decimals, expected):
    with translation.override("en"):
        assert number(value, decimals) == expected


def test_a_percentage_is_rounded_and_never_cut_off():
    with translation.override("en"):
        assert [percent(100 * part / 80) for part in (78, 2)] == ["98%", "2%"]


def test_there_are_never_fewer_than_no_places_left():
    assert [places_left(taken, 40) for taken in (None, 34, 40, 41)] == [40, 6, 0, 0]
