"""The figures of a consultation: rows of the charts and of the tables beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from consultations.models import Question
from consultations.outcomes import Outcome
from consultations.presenting.verdict_words import in_words
from consultations.presenting.votes import links_to, statement_address
from consultations.question_results import QuestionResult
from consultations.results import CityVotes, StatementResult, Verdict
from partnership.interface.templatetags.figures import percent
from partnership.masking import SMALLEST_GROUP

ORDER = (Verdict.COMMON, Verdict.NONE, Verdict.DIFFER, Verdict.EARLY)
CLOSER_LOOK = 2


def ground_rows(
    results: Sequence[StatementResult],
    outcomes: Mapping[str, Sequence[Outcome]],
    slug: str = "",
) -> list[dict[str, Any]]:
    """Where the cities stand, common ground first; equal verdicts by score.

    What it is too early for stands in the order of its numbers: another order would tell
    something about groups that are not shown.
    """
    by_key = {result.statement.pk: result.statement for result in results}
    in_order = sorted(results, key=_place)
    return [
        {
            "statement": result.statement,
            "url": statement_address(slug, result.statement) if slug else "",
            "shares": result.cities,
            "verdict": result.verdict.value,
            "words": in_words(result),
            "same_as": by_key.get(result.statement.duplicate_of_id or 0),
            "became": links_to(outcomes.get(result.statement.anchor, ())),
        }
        for result in in_order
    ]


def _place(result: StatementResult) -> tuple[int, float, int]:
    score = 0.0 if result.verdict == Verdict.EARLY else -result.score
    return ORDER.index(result.verdict), score, result.statement.number


def closer_look(results: Sequence[StatementResult]) -> list[StatementResult]:
    """The two statements on which the cities stand furthest apart, if they do at all."""
    apart = [result for result in results if result.verdict == Verdict.DIFFER]
    return sorted(apart, key=lambda result: -result.spread)[:CLOSER_LOOK]


def statement_table(results: Sequence[StatementResult]) -> dict[str, Any]:
    """The same figures as a table, in the order of the statements' numbers."""
    shows_elsewhere = any(result.elsewhere.seen for result in results)
    columns: list[str] = []
    for votes in _groups(results[0], shows_elsewhere) if results else ():
        place = votes.city.name if votes.city else _("Elsewhere")
        columns += [
            _("%(city)s: agree") % {"city": place},
            _("%(city)s: disagree") % {"city": place},
            _("%(city)s: not sure") % {"city": place},
            _("%(city)s: people") % {"city": place},
        ]
    rows = [
        {
            "head": str(result.statement),
            "cells": _cells(_groups(result, shows_elsewhere)),
            "words": " ".join(in_words(result)),
        }
        for result in results
    ]
    return {"columns": columns, "rows": rows, "words": _("In words")}


def _groups(result: StatementResult, shows_elsewhere: bool) -> tuple[CityVotes, ...]:
    return (*result.cities, result.elsewhere) if shows_elsewhere else result.cities


def _cells(groups: Sequence[CityVotes]) -> list[str | int | None]:
    cells: list[str | int | None] = []
    for votes in groups:
        shares = (votes.agree, votes.disagree, votes.passed)
        cells += [None if share is None else percent(share) for share in shares]
        cells.append(None if votes.is_masked else votes.seen)
    return cells


def question_cards(
    results: Sequence[QuestionResult], outcomes: Mapping[str, Sequence[Outcome]]
) -> list[dict[str, Any]]:
    """One card per question: bars for what can be chosen, numbers of texts for the rest."""
    return [
        {
            "question": result.question,
            "options": _bars(result),
            "texts": [] if result.options else _numbers_of_texts(result),
            "table": _question_table(result) if result.options else None,
            "became": links_to(outcomes.get(result.question.anchor, ())),
        }
        for result in results
    ]


def questions_without_figures(
    questions: Sequence[Question], outcomes: Mapping[str, Sequence[Outcome]]
) -> list[dict[str, Any]]:
    """The wording of every question, while its figures are still kept back."""
    return [
        {"question": question, "became": links_to(outcomes.get(question.anchor, ()))}
        for question in questions
    ]


def _bars(result: QuestionResult) -> list[dict[str, Any]]:
    """Bars for the cities; elsewhere is in the table only."""
    return [
        {"label": option.label, "shares": [share for share in option.shares if share.city]}
        for option in result.options
    ]


def _numbers_of_texts(result: QuestionResult) -> list[dict[str, Any]]:
    return [{"city": city, "count": size} for city, size in result.groups if city]


def _question_table(result: QuestionResult) -> dict[str, Any]:
    places = [city.name if city else _("Elsewhere") for city, _size in result.groups]
    rows = [
        {"head": option.label, "cells": [share.count for share in option.shares]}
        for option in result.options
    ]
    rows.append({"head": _("People"), "cells": [size for _city, size in result.groups]})
    return {"columns": places, "rows": rows, "smallest": SMALLEST_GROUP}
