"""What a promise costs: sums in every currency, the same on pages and in files, to the cent."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from consultations.roadmap.delivery.models import BudgetLine, cost_lines
from consultations.roadmap.delivery.money import Amounts, converted, total_in, totals
from consultations.roadmap.models import Commitment
from tests.factories.cities import city_pair
from tests.factories.delivery import RATE, make_line, two_moneys
from tests.factories.roadmap import make_commitment, make_roadmap

pytestmark = pytest.mark.django_db

RATES = some.decimals("0.000001", "99", places=6)
AMOUNTS = some.decimals("0", "99999999.99", places=2)
#: Planned, committed, spent, the rate if there is one, and which city pays.
LINES = some.lists(
    some.tuples(AMOUNTS, AMOUNTS, AMOUNTS, some.none() | RATES, some.booleans()), max_size=6
)


def file_of(client: Client, year: int, table: str = "money") -> list[dict[str, str]]:
    response = client.get(f"/en/roadmap/{year}/data/{table}.csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    keys, _english, _spanish, *rows = csv.reader(io.StringIO(text))
    return [dict(zip(keys, row, strict=True)) for row in rows]


def sum_of_file(found: list[dict[str, str]], currency: str, name: str) -> Decimal:
    """What anybody adds up with a spreadsheet: a column of the file, in one currency."""
    own = [Decimal(row[name]) for row in found if row["currency"] == currency]
    other = [row[f"{name}_converted"] for row in found if row["rate_currency"] == currency]
    return sum([*own, *map(Decimal, other)], Decimal("0.00"))


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [
        ("0.05", "0.5", "0.03"),
        ("0.15", "0.5", "0.08"),
        ("100.00", "1.17", "117.00"),
        ("0.01", "0.49", "0.00"),
    ],
)
def test_an_amount_is_rounded_half_up_to_the_cent(amount: str, rate: str, expected: str) -> None:
    assert converted(Decimal(amount), Decimal(rate)) == Decimal(expected)


def test_lines_are_rounded_each_before_they_are_added_up() -> None:
    two_moneys()
    lines = [
        make_line(planned=Decimal("0.05"), **{**RATE, "exchange_rate": Decimal("0.5")})
        for _each in range(2)
    ]

    assert total_in("EUR", lines).amounts.planned == Decimal("0.06")


def test_a_line_keeps_the_money_it_was_counted_in(site_tree: Any) -> None:
    alder, puerto = two_moneys()
    line = make_line(**RATE)
    alder.currency = "USD"
    alder.save()
    line.spent = Decimal(3)
    line.save()

    assert (line.currency, line.rate_currency) == ("GBP", "EUR")
    assert line.amounts_in("EUR") == Amounts(Decimal("117.00"), Decimal("0.00"), Decimal("3.51"))
    assert line.amounts_in("USD") is None
    assert make_line(city=puerto).currency == "EUR"


def test_what_no_rate_leads_to_is_left_out_and_counted() -> None:
    _alder, puerto = two_moneys()
    lines = [make_line(**RATE), make_line(), make_line(city=puerto)]

    pounds, euros = sorted(totals(lines), key=lambda total: total.currency, reverse=True)

    assert (pounds.currency, pounds.amounts.planned, pounds.left_out) == ("GBP", 200, 1)
    assert (euros.currency, euros.amounts.planned, euros.left_out) == ("EUR", 217, 1)
    assert not euros.is_whole


def test_what_no_city_has_as_its_own_counts_as_a_line() -> None:
    commitment = make_commitment(planned=Decimal(1000), spent=Decimal(10), currency="GBP")
    make_line(commitment)

    undivided, line = cost_lines(Commitment.objects.get())

    assert (undivided.city_id, undivided.currency, undivided.amounts) == (
        None,
        "GBP",
        (1000, 0, 10),
    )
    assert line.planned == 100
    assert cost_lines(make_commitment()) == []


@given(typed=LINES, undivided=some.none() | AMOUNTS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=(HealthCheck.function_scoped_fixture,)
)
def test_the_sums_of_the_page_are_those_of_the_file_in_every_currency(
    site_tree: Any, unwritten: None, client: Client, typed: list[Any], undivided: Decimal | None
) -> None:
    with transaction.atomic():
        alder, puerto = two_moneys()
        commitment = make_commitment(make_roadmap(2027), planned=undivided, currency="EUR")
        for planned, committed, spent, rate, is_of_alder in typed:
            known = {**RATE, "exchange_rate": rate} if rate else {}
            money = {"planned": planned, "committed": committed, "spent": spent}
            make_line(commitment, city=alder if is_of_alder else puerto, **money, **known)
        found = file_of(client, 2027)
        page = client.get("/en/roadmap/2027/money-and-milestones/")
        tables = page.context["tables"] if page.status_code == 200 else []
        transaction.set_rollback(True)

    for table in tables:
        whole = table["whole"].amounts
        cities = [row["total"].amounts for row in table["rows"]]
        for place, name in enumerate(Amounts._fields):
            assert whole[place] == sum_of_file(found, table["currency"], name)
            assert whole[place] == sum(amounts[place] for amounts in cities)
    assert bool(tables) == bool(typed or undivided is not None)


@pytest.mark.parametrize("name", ["planned", "committed", "spent"])
@pytest.mark.both
def test_money_is_never_less_than_nothing(name: str) -> None:
    commitment = make_commitment()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(commitment, **{name: Decimal("-0.01")})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({**RATE, "rate_source": ""}, "Say where the rate comes from."),
        ({**RATE, "rate_on": None}, "A rate needs its day, and a day its rate."),
        ({"rate_on": RATE["rate_on"]}, "A rate needs its day, and a day its rate."),
        ({**RATE, "rate_on": date(2999, 1, 1)}, "This day has not come yet."),
        ({**RATE, "exchange_rate": Decimal(0)}, "Ensure this value is greater"),
    ],
)
def test_a_rate_has_its_day_and_its_source(fields: dict[str, Any], message: str) -> None:
    line = BudgetLine(commitment=make_commitment(), city=city_pair()[0], **fields)

    with pytest.raises(ValidationError, match=message):
        line.full_clean()
