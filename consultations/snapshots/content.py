"""What is frozen: every figure that readers may know, in plain numbers and identifiers."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date
from typing import Any, NamedTuple

from consultations.asking.budgets import costs_of
from consultations.deciding import deciding
from consultations.enums import QuestionType
from consultations.models import ConsultationPage, Question, Statement
from consultations.question_results import QuestionResult
from consultations.results import CityVotes, StatementResult, result_of
from consultations.snapshots.wording import wording_of
from consultations.split_results import split_results
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP

SCHEMA_VERSION = 1
ELSEWHERE = "elsewhere"
#: The digest is made of whole numbers and texts: a fraction is a text with so many decimals.
DECIMALS = 4


def content_of(
    consultation: ConsultationPage,
    cities: Sequence[City],
    questions: Sequence[Question] | None = None,
    statements: Sequence[Statement] | None = None,
) -> dict[str, Any]:
    """Return the figures of the consultation as everybody may know them; five queries.

    One more where a sum is divided. Callers that have them at hand give questions (with options)
    and statements (with totals).
    """
    if questions is None:
        questions = list(consultation.questions.prefetch_related("options"))
    if statements is None:
        statements = list(consultation.statements.published().prefetch_related("tallies"))
    decide = deciding(consultation, cities)
    return {
        "schema_version": SCHEMA_VERSION,
        "consultation": consultation.slug,
        "closed_at": consultation.closes_at.astimezone(UTC).isoformat(),
        "cities": [city.code for city in cities],
        "questions": [
            {
                "identifier": split.all.question.identifier,
                "type": str(split.all.question.type),
                **wording_of(split.all.question),
                **_budget(split.all),
                "figures": [
                    *_figures(split.all, ("", "")),
                    *(row for key, part in split.groups.items() for row in _figures(part, key)),
                ],
            }
            for split in split_results(consultation, questions, cities)
        ],
        "statements": [_statement(result_of(each, cities, decide=decide)) for each in statements],
    }


def code_of(city: City | None) -> str:
    """How a city is named in the figures."""
    return city.code if city else ELSEWHERE


def _budget(result: QuestionResult) -> dict[str, Any]:
    """Of a sum to divide what there was, what each project costs, and what is paid for."""
    question = result.question
    if not question.is_budget:
        return {}
    outcome = [
        {
            "option": each.key,
            "score": _text(each.score),
            "is_paid_for": each.is_paid_for,
            "together": each.together,
        }
        for each in result.outcome
    ]
    told = {"total": question.budget, "currency": question.currency, "costs": costs_of(question)}
    return {"budget": {**told, "outcome": outcome}}


def _figures(result: QuestionResult, key: tuple[str, str]) -> Iterator[dict[str, Any]]:
    """One entry per city; ``people`` None says that it is kept back, and nothing else is said."""
    split, group = key
    paper = dict(result.on_paper)
    for city, people in result.groups:
        row: dict[str, Any] = {
            "split": split,
            "group": group,
            "city": code_of(city),
            "people": people,
        }
        if result.on_paper:
            row["on_paper"] = paper[city]
        yield row if people is None else {**row, **_told(result, city)}


def _told(result: QuestionResult, city: City | None) -> dict[str, Any]:
    is_day = result.question.type == QuestionType.DATE
    told: dict[str, Any] = {
        "options": {
            option.key: share.count
            for option in result.options
            for share in option.shares
            if share.city == city
        },
        "places": {
            option.key: _text(rank.place)
            for option in result.ranking
            for rank in option.ranks
            if rank.city == city
        },
    }
    for middle in result.middles:
        if middle.city == city:
            told["median"] = (
                middle.day and middle.day.isoformat() if is_day else _text(middle.median)
            )
            told["mean"] = None if is_day else _text(middle.mean)
    return {name: figure for name, figure in told.items() if figure != {}}


def _text(number: float | None) -> str | None:
    return None if number is None else f"{number:.{DECIMALS}f}"


def number_in(text: str | None, *, is_day: bool) -> float | None:
    """The number that was written down; of a day its ordinal."""
    if text is None:
        return None
    return date.fromisoformat(text).toordinal() if is_day else float(text)


def _statement(result: StatementResult) -> dict[str, Any]:
    groups = (*result.cities, result.elsewhere)
    return {
        "number": result.statement.number,
        "verdict": str(result.verdict.value),
        "too_few": [city.code for city in result.too_few],
        "votes": {code_of(votes.city): _votes(votes) for votes in groups},
    }


def _votes(votes: CityVotes) -> dict[str, int] | None:
    if votes.is_masked:
        return None
    return {
        "agree": votes.agree_count,
        "disagree": votes.disagree_count,
        "pass": votes.passed_count,
    }


# What has changed --------------------------------------------------------------------------


class Drift(NamedTuple):
    """A group of figures that is counted otherwise today than when it was frozen."""

    kind: str
    key: str
    city: str
    frozen: Any
    now: Any


def differences(frozen: dict[str, Any], now: dict[str, Any]) -> list[Drift]:
    """Return every group of figures that differs; what is new or gone differs from None."""
    before, after = dict(_flat(frozen)), dict(_flat(now))
    keys = [*before, *(key for key in after if key not in before)]
    differing = (place for place in keys if before.get(place) != after.get(place))
    return [
        Drift(place[0], place[1], place[2], before.get(place), after.get(place))
        for place in differing
    ]


def differs_by_few(published: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether both side by side would tell what fewer than five people said.

    So many people at least lie between two groups of figures as the number that has changed
    most. Groups that are kept back in one of them, or are in one of them only, cannot be taken
    from each other.
    """
    before = dict(_flat(published))
    return any(_by_few(before.get(place), row) for place, row in _flat(now))


def _by_few(before: Any, now: Any) -> bool:
    old, new = _people_in(before), _people_in(now)
    if not old or not new or _without_paper(before) == _without_paper(now):
        return False
    return max(abs(new.get(key, 0) - old.get(key, 0)) for key in {*old, *new}) < SMALLEST_GROUP


def _people_in(row: Any) -> dict[str, int]:
    """Every number of people in a group of figures; none in one that is kept back."""
    if row is None or row.get("people", 0) is None:
        return {}
    if "people" in row:
        return {"people": row["people"], **_named("option", row.get("options", {}))}
    return {"people": sum(row.values()), **_named("choice", row)}


def _named(kind: str, counts: dict[str, int]) -> dict[str, int]:
    return {f"{kind} {key}": count for key, count in counts.items()}


def _without_paper(row: Any) -> Any:
    """Who came on paper is a group of its own, and in no row as long as nobody did."""
    return {key: figure for key, figure in row.items() if key != "on_paper"}


def _flat(content: dict[str, Any]) -> Iterable[tuple[tuple[str, ...], Any]]:
    for question in content["questions"]:
        for row in question["figures"]:
            place = ("question", question["identifier"], row["city"], row["split"], row["group"])
            yield place, row
    for statement in content["statements"]:
        for city, votes in statement["votes"].items():
            yield ("statement", str(statement["number"]), city), votes
