"""The figures of the questions: bars, middle values, rankings, and the tables beside them."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from consultations.enums import QuestionType
from consultations.models import Question
from consultations.outcomes import Outcome
from consultations.presenting.budget_figures import budget_card, in_order, more_columns
from consultations.presenting.votes import links_to
from consultations.question_results import SPEAKERS, Middle, QuestionResult, Rank, ordered_by
from consultations.speaking.rules import MYSELF
from partnership.masking import SMALLEST_GROUP
from partnership.people.enums import OrganisationKind

SPEAKING_PARAMETER = "speaking"


def question_cards(
    results: Sequence[QuestionResult],
    outcomes: Mapping[str, Sequence[Outcome]],
    *,
    decide: Container[int] | None = None,
) -> list[dict[str, Any]]:
    """One card per question: what its kind of answer comes to, and the same as a table.

    ``decide`` are the keys of the cities that order a ranking, without it all of them do.
    """
    return [
        {
            "question": result.question,
            **_figures(result, decide),
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


def _figures(result: QuestionResult, decide: Container[int] | None) -> dict[str, Any]:
    if result.question.is_budget:
        result = in_order(result)
        return {"budget": budget_card(result), "table": _project_table(result)}
    if result.options:
        return {"options": _bars(result), "table": _option_table(result)}
    if result.middles:
        return {"middles": _middles(result), "table": _middle_table(result)}
    if result.ranking:
        result = result if decide is None else ordered_by(decide, result)
        return {"ranking": _ranking(result), "table": _ranking_table(result)}
    return {"texts": [{"city": city, "count": size} for city, size in result.groups if city]}


def speaking_asked_for(query: Mapping[str, str]) -> str | None:
    """Whose answers are asked for: a kind of organisation, empty for oneself, None for all."""
    asked = query.get(SPEAKING_PARAMETER, "")
    if asked == MYSELF:
        return ""
    return asked if asked in OrganisationKind.values else None


def speaker_choices(results: Sequence[QuestionResult], chosen: str | None) -> list[dict[str, Any]]:
    """Whose answers can be read alone; nothing where no organisation can be shown."""
    known = {kind for result in results for kind, _sizes in result.speakers}
    known |= set() if chosen is None else {"", chosen}
    if not known:
        return []
    labels = {"": _("for themselves")}
    labels |= {kind.value: str(kind.label) for kind in OrganisationKind}
    choices = [("", _("everybody"), chosen is None)]
    choices += [
        (kind or MYSELF, labels[kind], kind == chosen) for kind in SPEAKERS if kind in known
    ]
    return [
        {"value": value, "label": label, "is_chosen": is_chosen}
        for value, label, is_chosen in choices
    ]


def of_these(kind: str) -> str:
    """Those who spoke for one kind of organisation, or for themselves, in words."""
    if not kind:
        return _("of these for themselves")
    return _("of these for an organisation: %(kind)s") % {"kind": OrganisationKind(kind).label}


def _table(result: QuestionResult, heading: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    places = [city.name if city else _("Elsewhere") for city, _size in result.groups]
    people = {"head": _("People"), "cells": [size for _city, size in result.groups]}
    paper = {"head": _("of these on paper"), "cells": [size for _city, size in result.on_paper]}
    last = [people, paper] if result.on_paper else [people]
    if not result.is_part:
        last += [{"head": of_these(kind), "cells": sizes} for kind, sizes in result.speakers]
    return {
        "heading": heading,
        "columns": places,
        "rows": [*rows, *last],
        "smallest": SMALLEST_GROUP,
    }


# What can be chosen ------------------------------------------------------------------------


def _bars(result: QuestionResult) -> list[dict[str, Any]]:
    """Bars for the cities; elsewhere is in the table only."""
    return [
        {"label": option.label, "shares": [share for share in option.shares if share.city]}
        for option in result.options
    ]


def _option_table(result: QuestionResult) -> dict[str, Any]:
    rows = [
        {"head": option.label, "cells": [share.count for share in option.shares]}
        for option in result.options
    ]
    return _table(result, _("Option"), rows)


def _project_table(result: QuestionResult) -> dict[str, Any]:
    """The same for projects, each with its cost and what becomes of it."""
    table = {**_option_table(result), "heading": _("Project")}
    return {**table, "columns": [*table["columns"], *more_columns(result, table["rows"])]}


# Numbers and days --------------------------------------------------------------------------


def _middles(result: QuestionResult) -> list[dict[str, Any]]:
    """The median of each city, with a bar for numbers: as long as its share of the scale."""
    shown = [middle for middle in result.middles if middle.city]
    top = float(result.question.number_max or 0)
    top = top or max((abs(middle.median or 0) for middle in shown), default=0) or 1
    return [
        {
            "city": middle.city,
            "words": _median_in_words(result.question, middle),
            "percent": _bar_of(result.question, middle, top),
        }
        for middle in shown
    ]


def _bar_of(question: Question, middle: Middle, top: float) -> float | None:
    if middle.median is None or question.type == QuestionType.DATE:
        return None
    return max(0.0, min(100.0, 100 * middle.median / top))


def _median_in_words(question: Question, middle: Middle) -> str | None:
    """Half of the answers lie below it: said so, because few readers know the word."""
    if middle.median is None:
        return None
    if question.type == QuestionType.DATE:
        return _("in the middle: %(day)s") % {"day": _day(middle.day)}
    figure = with_unit(question, middle.median)
    mean = with_unit(question, middle.mean)
    return _("in the middle: %(median)s, on average: %(mean)s") % {"median": figure, "mean": mean}


def with_unit(question: Question, number: float | None) -> str:
    """A figure with at most one decimal and its unit."""
    if number is None:
        return ""
    rounded = round(number, 1)
    is_whole = rounded == int(rounded)
    figure = number_format(int(rounded) if is_whole else rounded, 0 if is_whole else 1)
    return f"{figure}\u00a0{question.number_unit}" if question.number_unit else figure


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def _middle_table(result: QuestionResult) -> dict[str, Any]:
    question = result.question
    is_day = question.type == QuestionType.DATE
    medians = [
        None if middle.median is None else _day(middle.day) if is_day
        else with_unit(question, middle.median)
        for middle in result.middles
    ]  # fmt: skip
    rows = [{"head": _("Median: half of the answers lie below it"), "cells": medians}]
    if not is_day:
        means = [with_unit(question, middle.mean) or None for middle in result.middles]
        rows.append({"head": _("Mean"), "cells": means})
    return _table(result, _("Figure"), rows)


# Rankings ----------------------------------------------------------------------------------


def _ranking(result: QuestionResult) -> list[dict[str, Any]]:
    return [
        {"label": option.label, "ranks": [_rank(rank) for rank in option.ranks if rank.city]}
        for option in result.ranking
    ]


def _rank(rank: Rank) -> dict[str, Any]:
    place = None if rank.place is None else number_format(round(rank.place, 1), 1)
    words = None if place is None else _("mean place %(place)s") % {"place": place}
    return {"city": rank.city, "words": words, "percent": rank.points}


def _ranking_table(result: QuestionResult) -> dict[str, Any]:
    rows = [
        {
            "head": option.label,
            "cells": [
                None if rank.place is None else number_format(rank.place, 2)
                for rank in option.ranks
            ],
        }
        for option in result.ranking
    ]
    return _table(result, _("Mean place of the option"), rows)
