"""The figures of a consultation: rows of the charts and of the tables beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from consultations.enums import VoteChoice
from consultations.outcomes import Outcome
from consultations.presenting.verdict_words import beside_the_pill, in_words
from consultations.presenting.votes import links_to, statement_address
from consultations.results import CityVotes, StatementResult, Verdict
from partnership.interface.templatetags.figures import percent

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
            "words": beside_the_pill(result),
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
    """The same figures as a table: a line per city, in the order of the statements."""
    shows_elsewhere = any(result.elsewhere.seen for result in results)
    statements = [
        {
            "head": str(result.statement),
            "words": " ".join(in_words(result)),
            "rows": [
                {"head": votes.city.name if votes.city else _("Elsewhere"), "cells": _cells(votes)}
                for votes in _groups(result, shows_elsewhere)
            ],
        }
        for result in results
    ]
    columns = [*(str(choice.label) for choice in VoteChoice), _("People")]
    return {"columns": columns, "statements": statements}


def _groups(result: StatementResult, shows_elsewhere: bool) -> tuple[CityVotes, ...]:
    return (*result.cities, result.elsewhere) if shows_elsewhere else result.cities


def _cells(votes: CityVotes) -> list[str | int | None]:
    shares = (votes.agree, votes.disagree, votes.passed)
    cells: list[str | int | None] = [None if share is None else percent(share) for share in shares]
    return [*cells, None if votes.is_masked else votes.seen]
