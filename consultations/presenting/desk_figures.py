"""The figures of a consultation for analysts: bars of the cities, and what stands in words beside.

The same that readers see, in one shape for every kind of question and for statements; the tables
beside them are those of ``crossed_figures``.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.crossed_results import CrossedResult
from consultations.enums import VoteChoice
from consultations.presenting.budget_figures import in_words
from consultations.presenting.crossed_figures import Cell, Line
from consultations.presenting.question_figures import question_cards
from consultations.question_results import OptionShare
from consultations.results import CityVotes, StatementResult, Verdict
from partnership.interface.templatetags.figures import percent


class Bars(NamedTuple):
    """What one thing comes to in each city: figures have a city, words and the length of a bar."""

    label: str
    about: list[str]
    figures: list[dict[str, Any]]


def bars_of(result: CrossedResult) -> dict[str, Any]:
    """The bars of a question by city, and what is said above them."""
    (card,) = question_cards([result.whole], {})
    if budget := card.get("budget"):
        return {"notes": _of_the_sum(budget), "bars": list(map(_project, budget["projects"]))}
    bars = [Bars(each["label"], [], _shares(each["shares"])) for each in card.get("options", ())]
    bars += [Bars(each["label"], [], each["ranks"]) for each in card.get("ranking", ())]
    middles = card.get("middles")
    return {"notes": [], "bars": [*bars, *([Bars("", [], middles)] if middles else [])]}


def statement_cards(results: Sequence[StatementResult]) -> list[dict[str, Any]]:
    """One card for each statement: who agrees in each city, the verdict, and all votes."""
    shows_elsewhere = any(result.elsewhere.seen for result in results)
    return [
        {
            "statement": result.statement,
            "bars": [Bars("", _verdict(result), list(map(_agreed, result.cities)))],
            "table": _votes(result, shows_elsewhere=shows_elsewhere),
        }
        for result in results
    ]


# Questions ---------------------------------------------------------------------------------


def _shares(shares: Iterable[OptionShare]) -> list[dict[str, Any]]:
    return [
        {
            "city": share.city,
            "words": None if share.count is None else f"{percent(share.percent)} ({share.count})",
            "percent": share.percent,
        }
        for share in shares
    ]


def _of_the_sum(budget: dict[str, Any]) -> list[str]:
    notes = [_("The sum to divide: %(total)s.") % {"total": budget["total"]}]
    if budget["is_early"]:
        words = _(
            "Too early to say what it pays for: every city needs the answers of %(enough)s people."
        )
        notes.append(words % {"enough": budget["enough"]})
    return notes


def _project(project: dict[str, Any]) -> Bars:
    """A project with what it costs, and what becomes of it once that can be said."""
    about = [f"{project['where']} · {project['cost']}"]
    if outcome := project["outcome"]:
        told = str(capfirst(in_words(outcome.is_paid_for)))
        together = _("together so far: %(amount)s") % {"amount": project["together"]}
        about.append(f"{told} · {together}" if outcome.is_paid_for else told)
    return Bars(project["label"], about, _shares(project["shares"]))


# Statements --------------------------------------------------------------------------------


def _verdict(result: StatementResult) -> list[str]:
    words = {
        Verdict.COMMON: _("Common ground"),
        Verdict.DIFFER: _("The cities differ"),
        Verdict.EARLY: _("Too few votes to say"),
    }
    return [words[result.verdict]] if result.verdict in words else []


def _agreed(votes: CityVotes) -> dict[str, Any]:
    share = votes.agree
    words = None if share is None else _("%(share)s agree") % {"share": percent(share)}
    return {"city": votes.city, "words": words, "percent": share}


def _votes(result: StatementResult, *, shows_elsewhere: bool) -> dict[str, Any]:
    places = (*result.cities, result.elsewhere) if shows_elsewhere else result.cities
    kinds = {VoteChoice.AGREE: "agree", VoteChoice.DISAGREE: "disagree", VoteChoice.PASS: "passed"}
    lines = [
        Line(choice.value, str(choice.label), [_share(getattr(votes, name)) for votes in places])
        for choice, name in kinds.items()
    ]
    people = [None if votes.is_masked else Cell(str(votes.seen)) for votes in places]
    columns = [votes.city.name if votes.city else _("Elsewhere") for votes in places]
    return {
        "caption": "",
        "columns": columns,
        "lines": [*lines, Line("", _("People"), people)],
    }


def _share(share: int | None) -> Cell | None:
    return None if share is None else Cell(percent(share))
