"""Which rows are for everybody: what readers of the site can see anyway, and nothing beside it.

No answer stands in it by itself. Whoever answered was told that texts are never published one by
one; and of rows with a city and a day those of one person can be put together again on a day on
which few answered. Figures are those of the final results and are never counted again: between
two files that anybody may keep, a late sheet would tell what one person said.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Max

from consultations.exports.describing import about_json, described
from consultations.exports.enums import Figures, Format, Profile, TableName
from consultations.exports.paragraphs import has_paragraphs
from consultations.exports.scope import Scope
from consultations.exports.services import named_table
from consultations.models import ConsultationPage, Question, Statement
from consultations.question_results import QuestionResult
from consultations.results import StatementResult
from consultations.snapshots.models import ResultSnapshot
from consultations.snapshots.reading import (
    counted_cities,
    frozen_groups,
    latest,
    statement_figures,
)
from consultations.split_results import SplitResult
from partnership.tables.columns import Table
from partnership.tables.packages import as_package
from partnership.tables.writing import as_json

#: Without the answers; and without results as long as there are no final ones.
TABLES = (TableName.QUESTIONS, TableName.STATEMENTS, TableName.COMMENTS)


class PublishedScope(Scope):
    """The public profile with the figures that were published for good."""

    is_final = True
    not_yet = Figures.NOT_FINAL

    def __init__(self, consultation: ConsultationPage) -> None:
        self.snapshot: ResultSnapshot | None = latest(consultation)
        figures_of = self.snapshot.frozen_at if self.snapshot else consultation.closes_at
        super().__init__(consultation, Profile.PUBLIC, max(figures_of, _last_word(consultation)))

    @property
    def tells_answers(self) -> bool:
        """Whether there are final results."""
        return self.snapshot is not None

    @cached_property
    def tells_votes(self) -> bool:
        """The same."""
        return self.snapshot is not None

    @property
    def held_back(self) -> tuple[str, ...]:
        """Nothing is held back until the close: it has come."""
        return ()

    def results(self, questions: Iterable[Question]) -> Iterator[SplitResult]:
        """The figures as they were frozen; nothing of a question that is in no final results."""
        if self.snapshot is None:
            return
        cities = counted_cities(self.snapshot, self.cities)
        for question in questions:
            groups = frozen_groups(self.snapshot, question, cities)
            everybody = groups.pop(("", ""), QuestionResult(question, ()))
            yield SplitResult(everybody, groups)

    def votes_on(self, statement: Statement, totals: list[Any] | None = None) -> StatementResult:
        """How the cities voted on it, as it was frozen."""
        return statement_figures(self.snapshot, [statement], self.cities)[0]


def _last_word(consultation: ConsultationPage) -> datetime:
    """When the newest comment that readers see was written; those of sessions may come late."""
    written = consultation.contributions.readable().aggregate(last=Max("created_at"))
    return written["last"] or consultation.closes_at


def pieces_of(consultation: ConsultationPage, file_format: str) -> Iterator[bytes]:
    """The file, piece by piece, as a data package or as JSON; the same rows make the same bytes."""
    scope = PublishedScope(consultation)
    tables = _tables(scope)
    final = _final_results(scope.snapshot)
    if file_format == Format.JSON:
        return as_json({**about_json(scope, tables), **final}, tables)
    said = described(scope, tables)
    return as_package(replace(said, about={**said.about, **final}), tables)


def tables_of(consultation: ConsultationPage) -> list[Table]:
    """The same tables, for a file of more than one consultation."""
    return _tables(PublishedScope(consultation))


def _tables(scope: PublishedScope) -> list[Table]:
    names = (*TABLES, TableName.RESULTS) if scope.snapshot else TABLES
    if has_paragraphs(scope):
        names = (*names, TableName.PARAGRAPHS)
    return [named_table(name, scope) for name in names]


def _final_results(snapshot: ResultSnapshot | None) -> dict[str, Any]:
    """Which published results the figures are."""
    if snapshot is None:
        return {"final_results": None}
    return {"final_results": {"number": snapshot.number, "sha256": snapshot.digest}}
