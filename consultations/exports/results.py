"""The figures of every question by city, whole and by how people took part: what a page shows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from consultations.enums import Channel, QuestionType
from consultations.exports.answers import Codebook, type_column
from consultations.exports.enums import Figures, Measure, TableName
from consultations.exports.scope import ELSEWHERE, Scope
from consultations.question_results import QuestionResult
from consultations.split_results import SPLITS
from partnership.cities.models import City
from partnership.pages.languages import field_names
from partnership.people.enums import OrganisationKind
from partnership.tables.columns import Column, Row, Table, columns_in_every_language

#: Where a city would stand beside what follows from all of them.
EVERY_CITY = "every_city"
#: Counted in exactly this way; more decimals would promise what a few answers cannot hold.
DECIMALS = 4


def results_table(scope: Scope) -> Table:
    """One row per question, city and figure; then the same for each channel and so on.

    ``people`` is how many of the group answered the question. The public is told what the page
    tells: no group under five, and none from which one could be worked out.
    """
    columns = (
        Column("question", _("question")),
        type_column(),
        Column("split", _("told apart by"), values=_splits()),
        Column("group", _("group"), values=_groups()),
        Column(
            "city", _("city"), values=(*scope.city_column.values, (EVERY_CITY, _("every city")))
        ),
        Column("measure", _("figure"), values=tuple(Measure.choices)),
        Column("option", _("option")),
        *columns_in_every_language("label", _("option")),
        Column("people", _("people who answered"), "integer"),
        Column("value", _("value"), "number"),
        Column("day", _("day"), "date"),
        Column("percent", _("percent"), "integer"),
        Column("figures", _("figures"), values=tuple(Figures.choices)),
    )
    return Table(TableName.RESULTS.value, columns, lambda: _rows(scope))


def _splits() -> tuple[tuple[str, Any], ...]:
    """Everything people can be told apart by, and what it is called."""
    names = {"channel": _("channel"), "organisation_kind": _("kind of organisation")}
    return ("", _("nothing: everybody of the city")), *((name, names[name]) for name in SPLITS)


def _groups() -> tuple[tuple[str, Any], ...]:
    """Everything that may stand beside them; the empty one is explained, too."""
    nobody = _("everybody of the city; by kind of organisation, whoever speaks for none")
    return (("", nobody), *Channel.choices, *OrganisationKind.choices)


def _rows(scope: Scope) -> Iterator[Row]:
    codebook = Codebook(scope)
    for result in scope.results(codebook.questions.values()):
        yield from _of_group(scope, codebook, result.all, ("", ""))
        if scope.tells_answers:
            yield from _outcome(codebook, result.all)
        # That a group is there at all would be a figure.
        groups = result.groups if scope.tells_answers else {}
        for key, figures in groups.items():
            yield from _of_group(scope, codebook, figures, key)


def _of_group(
    scope: Scope, codebook: Codebook, result: QuestionResult, key: tuple[str, str]
) -> Iterator[Row]:
    people = dict(result.groups)
    question = result.question
    nothing = ("",) * len(field_names("label"))
    for measure, option, city, value, percent in _figures(result):
        size = people[city] if scope.tells_answers else None
        told = value if scope.tells_answers else None
        is_day = question.type == QuestionType.DATE
        yield (
            question.identifier,
            question.type,
            *key,
            city.code if city else ELSEWHERE,
            measure.value,
            option,
            *(codebook.labels(question.pk, [option]) if option else nothing),
            size,
            None if is_day else _rounded(told),
            _day(told) if is_day else None,
            percent if scope.tells_answers else None,
            _told(scope, size).value,
        )


def _outcome(codebook: Codebook, result: QuestionResult) -> Iterator[Row]:
    """What the sum pays for: of every city together, because one alone decides nothing."""
    question = result.question
    for each in result.outcome:
        told = (
            (Measure.SCORE, _rounded(each.score)),
            (Measure.PAID_FOR, int(each.is_paid_for)),
            (Measure.TOGETHER, each.together),
        )
        for measure, value in told:
            yield (
                *(question.identifier, question.type, "", "", EVERY_CITY, measure.value, each.key),
                *codebook.labels(question.pk, [each.key]),
                *(None, value, None, None, Figures.SHOWN.value),
            )


def _told(scope: Scope, size: int | None) -> Figures:
    if not scope.tells_answers:
        return scope.not_yet
    return Figures.KEPT_BACK if size is None else Figures.SHOWN


def _rounded(value: float | None) -> float | None:
    return round(value, DECIMALS) if isinstance(value, float) else value


def _day(value: float | None) -> str:
    return "" if value is None else date.fromordinal(int(value)).isoformat()


Figure = tuple[Measure, str, City | None, int | float | None, int | None]


def _figures(result: QuestionResult) -> Iterator[Figure]:
    """The figures of a question of whatever kind, one after the other."""
    for option in result.options:
        for share in option.shares:
            yield Measure.OPTION, option.key, share.city, share.count, share.percent
    yield from _middles(result)
    if result.question.is_text:
        for city, size in result.groups:
            yield Measure.TEXTS, "", city, size, None


def _middles(result: QuestionResult) -> Iterator[Figure]:
    for middle in result.middles:
        yield Measure.MEDIAN, "", middle.city, middle.median, None
        if result.question.type != QuestionType.DATE:
            yield Measure.MEAN, "", middle.city, middle.mean, None
    for ranked in result.ranking:
        for rank in ranked.ranks:
            yield Measure.PLACE, ranked.key, rank.city, rank.place, None
