"""Dividing a sum among projects: what was spent, and how amounts are told in both moneys."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.formats import date_format, get_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from consultations.models import Question, QuestionOption
from partnership.interface.templatetags.figures import money

#: The script counts in millionths, because a rate has six decimals.
MILLIONTHS = 10**6
#: What of the questions is fetched to say where projects happen; nothing where none is placed.
WITH_PLACES = ("options", "options__city", "options__neighbourhood")


def costs_of(question: Question) -> dict[str, int]:
    """What each project costs, by its identifier (options fetched before, for many questions)."""
    return {option.identifier: option.cost or 0 for option in question.options.all()}


def spent_on(question: Question, chosen: Iterable[str]) -> int:
    """What the chosen projects cost together; what is none of them costs nothing."""
    costs = costs_of(question)
    return sum(costs.get(project, 0) for project in set(chosen))


def amount_in_words(question: Question, amount: int) -> str:
    """An amount of the question's money; the same in the other city's money in brackets."""
    words = money(amount, question.currency)
    other = question.in_other_money(amount)
    return words if other is None else f"{words} ({money(other, question.rate_currency)})"


def where(option: QuestionOption) -> str:
    """Where a project happens: a neighbourhood and its city, a city, or every city."""
    if option.city is None:
        return _("In every city")
    known = (option.neighbourhood, option.city)
    return ", ".join(str(place) for place in known if place is not None)


def priced_choices(question: Question) -> list[tuple[str, str]]:
    """The projects with their costs, as (identifier, words)."""
    return [
        (option.identifier, f"{option.label}: {amount_in_words(question, option.cost or 0)}")
        for option in question.options.all()
    ]


def told_of_projects(question: Question) -> dict[str, str]:
    """Where each project happens, and what it is, by its identifier."""
    return {
        option.identifier: f"{where(option)}. {option.description or ''}".rstrip()
        for option in question.options.all()
    }


def rules_in_words(question: Question) -> list[str]:
    """What may be spent, on how many projects at least, and the rate of the other money."""
    total = amount_in_words(question, question.budget or 0)
    lines = [_("Choose projects that cost %(total)s at most, all together.") % {"total": total}]
    fewest = question.fewest_projects or 0
    if fewest:
        words = ngettext(
            "Choose at least %(number)d project.", "Choose at least %(number)d projects.", fewest
        )
        lines.append(words % {"number": fewest})
    if question.in_other_money(1) is not None:
        lines.append(_rate_in_words(question))
    return lines


def _rate_in_words(question: Question) -> str:
    rate: Any = question.exchange_rate
    day: Any = question.rate_on
    decimals = max(2, -(rate.normalize().as_tuple().exponent))
    return _("In brackets: 1 %(currency)s is %(rate)s %(other)s, the rate of %(day)s.") % {
        "currency": question.currency,
        "rate": number_format(rate, decimals),
        "other": question.rate_currency,
        "day": date_format(day, "DATE_FORMAT"),
    }


# What was spent ----------------------------------------------------------------------------


class Purse(NamedTuple):
    """What somebody has spent so far, in words; ``live`` is what the script says it again with."""

    words: str
    is_over: bool
    live: dict[str, Any]

    @property
    def live_json(self) -> str:
        """The same as the page hands it over."""
        return json.dumps(self.live, ensure_ascii=False)


def purse(question: Question, chosen: Iterable[str]) -> Purse:
    """How much of the sum the chosen projects take, and what is left or too much."""
    spent = spent_on(question, chosen)
    total = question.budget or 0
    amounts = {
        "spent": amount_in_words(question, spent),
        "total": amount_in_words(question, total),
        "left": amount_in_words(question, abs(total - spent)),
    }
    within, over = _within(), _over()
    return Purse(
        (over if spent > total else within) % amounts,
        spent > total,
        {
            "costs": costs_of(question),
            "total": total,
            "within": within % {"spent": "{spent}", "total": amounts["total"], "left": "{left}"},
            "over": over % {"spent": "{spent}", "total": amounts["total"], "left": "{left}"},
            "moneys": list(_moneys(question)),
            "separator": get_format("THOUSAND_SEPARATOR"),
            "grouped": int(pgettext("digits a number has before it is grouped", "4")),
        },
    )


def _within() -> str:
    return _("Chosen so far: %(spent)s of %(total)s. Left: %(left)s.")


def _over() -> str:
    return _("Chosen so far: %(spent)s of %(total)s. That is too much by %(left)s.")


def _moneys(question: Question) -> Iterable[dict[str, Any]]:
    """How the script writes each money: where its sign stands, and what one unit is in it."""
    yield {"pattern": money(0, question.currency).replace("0", "{}"), "rate": MILLIONTHS}
    if question.in_other_money(1) is not None:
        rate = (question.exchange_rate or Decimal()) * MILLIONTHS
        yield {"pattern": money(0, question.rate_currency).replace("0", "{}"), "rate": int(rate)}
