"""What a sum pays for: the projects in their order, how each city chose, and the table."""

from dataclasses import replace
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.asking.budgets import amount_in_words, where
from consultations.question_results import QuestionResult
from consultations.results import ENOUGH_PER_CITY
from partnership.interface.templatetags.figures import money


def in_order(result: QuestionResult) -> QuestionResult:
    """The same with its projects in the order of the outcome; as they were asked without one."""
    place = {each.key: number for number, each in enumerate(result.outcome)}
    in_order = sorted(result.options, key=lambda option: place.get(option.key, 0))
    return replace(result, options=tuple(in_order))


def budget_card(result: QuestionResult) -> dict[str, Any]:
    """Return the projects, those that are paid for marked; as they were asked while it is early."""
    question = result.question
    prefetch_related_objects(list(question.options.all()), "city", "neighbourhood")
    return {
        "total": amount_in_words(question, question.budget or 0),
        "enough": ENOUGH_PER_CITY,
        "has_outcome": bool(result.outcome),
        # Of a part of the people nothing is said, however many they are.
        "is_early": not (result.is_part or result.outcome),
        "projects": _projects(result),
    }


def _projects(result: QuestionResult) -> list[dict[str, Any]]:
    question = result.question
    options = {option.identifier: option for option in question.options.all()}
    outcome = {each.key: each for each in result.outcome}
    figures = {option.key: option for option in result.options}
    return [
        {
            "label": figures[key].label,
            "where": where(options[key]),
            "cost": amount_in_words(question, options[key].cost or 0),
            "shares": [share for share in figures[key].shares if share.city],
            "outcome": outcome.get(key),
            "together": amount_in_words(question, outcome[key].together) if outcome else "",
        }
        for key in figures
    ]


def more_columns(result: QuestionResult, rows: list[dict[str, Any]]) -> list[str]:
    """Add what each project costs and what becomes of it to the rows; return the headings.

    In the money of the sum only: a table with both would be too wide for a phone.
    """
    question = result.question
    costs = {option.identifier: option.cost or 0 for option in question.options.all()}
    outcome = {each.key: each for each in result.outcome}
    headings = [_("cost"), _("together"), _("outcome")] if outcome else [_("cost")]
    headings = [capfirst(heading) for heading in headings]
    for row, option in zip(rows, result.options, strict=False):
        row["cells"].append(money(costs[option.key], question.currency))
        if outcome:
            each = outcome[option.key]
            together = money(each.together, question.currency)
            row["cells"] += [together, in_words(each.is_paid_for)]
    for row in rows[len(result.options) :]:
        row["cells"] = [*row["cells"], *("" for _heading in headings)]
    return headings


def in_words(is_paid_for: bool) -> str:
    """Whether the sum pays for a project."""
    return _("in the sum") if is_paid_for else _("beyond the sum")
