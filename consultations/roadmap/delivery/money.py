"""Sums of money in one currency: every amount is rounded first, and then they are added up.

So the sum of a page is the sum of the lines of its file, to the cent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from consultations.roadmap.delivery.models import Cost

CENT = Decimal("0.01")


class Amounts(NamedTuple):
    """What is planned, what is committed by contracts, what is spent."""

    planned: Decimal
    committed: Decimal
    spent: Decimal

    def plus(self, other: "Amounts") -> "Amounts":
        """Each added to its like."""
        return Amounts(*(one + more for one, more in zip(self, other, strict=True)))


NOTHING = Amounts(Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))


def converted(amount: Decimal, rate: Decimal) -> Decimal:
    """The amount in the other money, rounded half up to the cent."""
    return (amount * rate).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of lines in one currency; ``left_out`` is how many no rate leads to it."""

    currency: str
    amounts: Amounts
    left_out: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every line is in it."""
        return not self.left_out


def total_in(currency: str, lines: Iterable["Cost"]) -> Total:
    """Add the lines up in a currency."""
    amounts, left_out = NOTHING, 0
    for line in lines:
        each = line.amounts_in(currency)
        if each is None:
            left_out += 1
        else:
            amounts = amounts.plus(each)
    return Total(currency, amounts, left_out)


def currencies_of(lines: Iterable["Cost"]) -> list[str]:
    """Every currency that lines are in or lead to, by their letters."""
    lines = list(lines)
    led_to = {line.rate_currency for line in lines if line.exchange_rate is not None}
    return sorted({line.currency for line in lines} | (led_to - {""}))


def totals(lines: Iterable["Cost"]) -> list[Total]:
    """The sum in every currency."""
    lines = list(lines)
    return [total_in(currency, lines) for currency in currencies_of(lines)]
