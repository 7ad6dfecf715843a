"""Money, percentages and numbers as the reader writes them: ``{% load figures %}``.

Where a sign stands beside its figure is a translation (the message context says so), because
that is what it is: English writes €12,300 and 45%, Spanish 12 300 € and 45 %, both with a
space that never breaks. A language nobody has translated yet gets what most languages do.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import pgettext

from partnership.interface.catalogues import is_translated

register = template.Library()

SIGNS = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "US$"}
NO_BREAK = "\u00a0"


def _rounded(value: Decimal | float, decimals: int) -> Decimal:
    """The nearest figure with so many decimals; Django would cut off what is too many."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN)


def _grouped(value: Decimal | float, decimals: int) -> str:
    """Digits in groups; four digits stay together where the language wants that."""
    value = _rounded(value, decimals)
    smallest = int(pgettext("digits a number has before it is grouped", "4"))
    long_enough = len(str(abs(int(value)))) >= smallest
    return number_format(value, decimals, use_l10n=True, force_grouping=long_enough)


@register.filter
def number(value: Decimal | float | None, decimals: int = 0) -> str:
    """A figure with its digits grouped; nothing for None."""
    return "" if value is None else _grouped(value, decimals)


@register.simple_tag
def money(amount: Decimal | float | None, currency: str, decimals: int | None = None) -> str:
    """An amount in the reader's way; a dash for None.

    Cents only when there are any, unless it stands among others: see ``cents_of()``.
    """
    if amount is None:
        return "–"
    decimals = cents_of([amount]) if decimals is None else decimals
    figure = _grouped(amount, decimals)
    sign = SIGNS.get(currency)
    if sign is None:
        return f"{figure}{NO_BREAK}{currency}"
    pattern = pgettext("money: where the sign stands", "%(sign)s%(amount)s")
    if not is_translated("%(sign)s%(amount)s", "money: where the sign stands"):
        pattern = f"%(amount)s{NO_BREAK}%(sign)s"
    return pattern % {"sign": sign, "amount": figure}


def cents_of(amounts: Iterable[Decimal | float]) -> int:
    """How many decimals a column needs, so that all of it is written alike: none or two."""
    return 0 if all(amount == int(amount) for amount in amounts) else 2


@register.simple_tag
def whole_money(amount: Decimal | float | None, currency: str) -> str:
    """An amount without its cents, for figures that are read at a glance; a dash for None."""
    if amount is None:
        return money(None, currency)
    return money(Decimal(str(amount)).quantize(Decimal(1), ROUND_HALF_UP), currency)


@register.simple_tag
def percent(value: Decimal | float | None, decimals: int = 0) -> str:
    """A percentage in the reader's way; a dash for None."""
    if value is None:
        return "–"
    pattern = pgettext("percentage: where the sign stands", "%(number)s%%")
    if not is_translated("%(number)s%%", "percentage: where the sign stands"):
        pattern = f"%(number)s{NO_BREAK}%%"
    return pattern % {"number": number_format(_rounded(value, decimals), decimals, use_l10n=True)}


@register.filter
def places_left(taken: int | None, capacity: int) -> int:
    """How many places are left, never fewer than none."""
    return max(0, capacity - (taken or 0))
