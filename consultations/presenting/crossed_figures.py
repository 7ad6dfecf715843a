"""The figures of the questions for analysts: a table for the cities, or one in each of them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from consultations.asking.kinds import choices_of
from consultations.crossed_results import (
    CITY,
    NO_ANSWER,
    CrossedResult,
    crossing_questions,
    crossings,
)
from consultations.enums import Channel, QuestionType
from consultations.models import Question
from consultations.presenting.question_figures import question_cards
from consultations.question_results import OptionShare, Place, QuestionResult
from partnership.interface.templatetags.figures import percent
from partnership.people.enums import OrganisationKind


class Cell(NamedTuple):
    """What stands in a table: words, and how long a bar is where it is a share."""

    words: str
    percent: int | None = None


class Line(NamedTuple):
    """One line of a table and its key; a cell of None has too few people to be shown."""

    key: str
    head: str
    cells: list[Cell | None]


def crossing_choices(questions: Sequence[Question], chosen: str) -> list[dict[str, Any]]:
    """What the figures can be crossed by, for a form."""
    words = {
        CITY: _("by city"),
        "channel": _("by how people took part"),
        "organisation_kind": _("by kind of organisation"),
    }
    words |= {
        question.anchor: _("by the answer to “%(question)s”") % {"question": question.text}
        for question in crossing_questions(questions)
    }
    return [
        {"value": each, "label": words[each], "is_chosen": each == chosen}
        for each in crossings(questions)
    ]


def crossed_cards(
    results: Sequence[CrossedResult], questions: Sequence[Question], by: str
) -> list[dict[str, Any]]:
    """One card for each question, with its tables."""
    words = _words_of_groups(questions, by)
    return [
        {"question": result.whole.question, "tables": _tables(result, words)} for result in results
    ]


def _words_of_groups(questions: Sequence[Question], by: str) -> Mapping[str, str]:
    """What each group is called."""
    if by == "channel":
        return {channel.value: str(channel.label) for channel in Channel}
    if by == "organisation_kind":
        kinds = {kind.value: str(kind.label) for kind in OrganisationKind}
        return {"": _("for themselves"), **kinds}
    found: dict[str, str] = {NO_ANSWER: _("no answer to it")}
    for question in crossing_questions(questions):
        if question.anchor == by:
            found = {**dict(choices_of(question)), **found}
    return found


def _tables(result: CrossedResult, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """One table with the cities, or one in each city in which anybody answered."""
    whole = _lines(result.whole)
    places = [place for place, _size in result.whole.groups]
    if not result.groups:
        return [{"caption": "", "columns": [_name(place) for place in places], "lines": whole}]
    groups = sorted(result.groups, key=lambda each: _rank(words, each[0]))
    lines = {group: {line.key: line.cells for line in _lines(figures)} for group, figures in groups}
    return [
        {
            "caption": _name(place),
            "columns": [_("Everybody"), *(words.get(group, group) for group, _it in groups)],
            # Of a city with too few people nothing is shown, and nothing of a group in it.
            "lines": [] if size is None else [_across(line, lines, at) for line in whole],
        }
        for at, (place, size) in enumerate(result.whole.groups)
        if size != 0
    ]


def _across(line: Line, groups: Mapping[str, Mapping[str, list[Cell | None]]], at: int) -> Line:
    """The same line with everybody of one place, and with each group in it."""
    return line._replace(cells=[line.cells[at], *(own[line.key][at] for own in groups.values())])


def _rank(words: Mapping[str, str], group: str) -> int:
    """The groups in the order of their words."""
    known = list(words)
    return known.index(group) if group in known else len(known)


def _name(place: Place) -> str:
    return str(place) if place else _("Elsewhere")


def _lines(result: QuestionResult) -> list[Line]:
    """The figures of a question of whatever kind, and last how many people these are of."""
    people = Line("", _("People"), [_cell(size) for _city, size in result.groups])
    if result.options:
        options = [
            Line(option.key, option.label, [_share(share) for share in option.shares])
            for option in result.options
        ]
        return [*options, people]
    (card,) = question_cards([result], {})
    rows = card["table"]["rows"] if "table" in card else []
    keys = [option.key for option in result.ranking] or _keys_of_middles(result)
    lines = [
        Line(key, row["head"], [_cell(cell) for cell in row["cells"]])
        for key, row in zip(keys, rows, strict=False)
    ]
    return [*lines, people]


def _keys_of_middles(result: QuestionResult) -> tuple[str, ...]:
    return ("median",) if result.question.type == QuestionType.DATE else ("median", "mean")


def _cell(figure: Any) -> Cell | None:
    return None if figure is None else Cell(str(figure))


def _share(share: OptionShare) -> Cell | None:
    if share.count is None:
        return None
    return Cell(f"{share.count} ({percent(share.percent)})", share.percent)
