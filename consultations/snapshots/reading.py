"""Frozen figures as the pages of a consultation show figures that are counted now."""

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Any

from consultations.asking.measures import points
from consultations.budget_results import ProjectOutcome
from consultations.enums import QuestionType
from consultations.models import ConsultationPage, Question, Statement
from consultations.question_results import (
    SPEAKERS,
    Middle,
    OptionResult,
    OptionShare,
    QuestionResult,
    Rank,
    RankedOption,
    countable,
    question_results,
)
from consultations.results import (
    ENOUGH_PER_CITY,
    CityVotes,
    StatementResult,
    Verdict,
    result_of,
)
from consultations.snapshots.content import code_of, number_in
from consultations.snapshots.models import ResultSnapshot
from partnership.cities.models import City

Place = City | None
BY_SPEAKER = "organisation_kind"
EVERYBODY = ("", "")


def latest(consultation: ConsultationPage) -> ResultSnapshot | None:
    """The final results, if they are published; no query while people take part.

    Pages found by ``with_answers_known()`` know whether there are any.
    """
    if not (getattr(consultation, "has_final_results", True) and consultation.is_over):
        return None
    if consultation.pk is None:
        return None
    return ResultSnapshot.objects.filter(consultation=consultation).order_by("-number").first()


def counted_cities(snapshot: ResultSnapshot | None, cities: Sequence[City]) -> Sequence[City]:
    """The cities the figures speak of: of frozen ones those that were there on that day.

    Who joined the partnership later was never asked, and is compared with nobody.
    """
    if snapshot is None:
        return cities
    return [city for city in cities if city.code in snapshot.content["cities"]]


def statement_figures(
    snapshot: ResultSnapshot | None,
    statements: Iterable[Statement],
    cities: Sequence[City],
    *,
    decide: Container[int] | None = None,
) -> list[StatementResult]:
    """The figures of the statements: the frozen ones if there are any, else today's.

    ``decide`` are the keys of the cities that carry a verdict, without it all of them do.
    """
    if snapshot is None:
        return [result_of(statement, cities, decide=decide) for statement in statements]
    known = {each["number"]: each for each in snapshot.content["statements"]}
    there = counted_cities(snapshot, cities)
    return [_statement(each, known.get(each.number), there, decide) for each in statements]


def _statement(
    statement: Statement,
    frozen: dict[str, Any] | None,
    cities: Sequence[City],
    decide: Container[int] | None,
) -> StatementResult:
    told = frozen or _nothing_of(cities)
    return StatementResult(
        statement=statement,
        cities=tuple(
            replace(_votes(city, told), decides=decide is None or city.pk in decide)
            for city in cities
        ),
        elsewhere=_votes(None, told),
        published_verdict=Verdict(told["verdict"]),
    )


def _nothing_of(cities: Sequence[City]) -> dict[str, Any]:
    """The figures of a statement that came later: it has none."""
    too_few = [city.code for city in cities]
    return {"votes": {}, "too_few": too_few, "verdict": Verdict.EARLY.value}


def _votes(city: Place, frozen: dict[str, Any]) -> CityVotes:
    """A city's votes; of one that was kept back only whether it had enough for a verdict."""
    votes = frozen["votes"].get(code_of(city))
    if votes is not None:
        return CityVotes(city, votes["agree"], votes["disagree"], votes["pass"])
    had_enough = city is not None and city.code not in frozen["too_few"]
    return CityVotes(city, passed_count=ENOUGH_PER_CITY if had_enough else 0, hides_another=True)


def question_figures(
    snapshot: ResultSnapshot | None,
    consultation: ConsultationPage,
    questions: Sequence[Question],
    cities: Sequence[City],
    speaking: str | None = None,
) -> list[QuestionResult]:
    """The figures of the questions: the frozen ones if there are any, else today's.

    ``speaking`` asks for one kind of speaker only, empty for who spoke for themselves.
    """
    if snapshot is None:
        return question_results(consultation, questions, cities, speaking=speaking)
    there = counted_cities(snapshot, cities)
    return [_question(snapshot, question, there, speaking) for question in questions]


def _question(
    snapshot: ResultSnapshot, question: Question, cities: Sequence[City], speaking: str | None
) -> QuestionResult:
    groups = frozen_groups(snapshot, question, cities)
    kinds = {group: part for (split, group), part in groups.items() if split == BY_SPEAKER}
    wanted = groups.get(EVERYBODY) if speaking is None else kinds.get(speaking)
    told = wanted or QuestionResult(question, tuple((place, None) for place in (*cities, None)))
    sizes = {kind: tuple(size for _place, size in part.groups) for kind, part in kinds.items()}
    found = tuple((kind, sizes[kind]) for kind in SPEAKERS if any(sizes.get(kind, ())))
    speakers = found if any(kind for kind, _sizes in found) else ()
    return replace(told, speakers=speakers, is_part=speaking is not None)


def frozen_groups(
    snapshot: ResultSnapshot, question: Question, cities: Sequence[City]
) -> dict[tuple[str, str], QuestionResult]:
    """A question's frozen figures by (split, group); ``("", "")`` is everybody."""
    frozen = snapshot.figures_of("questions", question.identifier)
    by_group: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for row in frozen["figures"] if frozen else ():
        by_group[row["split"], row["group"]][row["city"]] = row
    places: list[Place] = [*counted_cities(snapshot, cities), None]
    groups = {key: _of_rows(question, rows, places) for key, rows in by_group.items()}
    if frozen and "budget" in frozen and EVERYBODY in groups:
        outcome = _outcome(frozen["budget"])
        groups[EVERYBODY] = replace(groups[EVERYBODY], outcome=outcome)
    return groups


def _outcome(budget: dict[str, Any]) -> tuple[ProjectOutcome, ...]:
    """What the sum pays for, as it was written down on that day."""
    return tuple(
        ProjectOutcome(
            row["option"],
            budget["costs"][row["option"]],
            float(row["score"]),
            row["is_paid_for"],
            row["together"],
        )
        for row in budget["outcome"]
    )


def _of_rows(
    question: Question, rows: dict[str, dict[str, Any]], places: list[Place]
) -> QuestionResult:
    known = {place: rows.get(code_of(place), {"people": None}) for place in places}
    return QuestionResult(
        question,
        tuple((place, row["people"]) for place, row in known.items()),
        options=_options(question, known),
        middles=_middles(question, known),
        ranking=_ranking(question, known),
        on_paper=tuple(
            (place, row["on_paper"]) for place, row in known.items() if "on_paper" in row
        ),
    )


def _options(question: Question, rows: dict[Place, dict[str, Any]]) -> tuple[OptionResult, ...]:
    if question.type in {QuestionType.RANKING, QuestionType.NUMBER, QuestionType.DATE}:
        return ()
    return tuple(
        OptionResult(
            label, tuple(_share(place, row, choice) for place, row in rows.items()), choice
        )
        for choice, label in countable(question)
    )


def _share(place: Place, row: dict[str, Any], choice: str) -> OptionShare:
    people, count = row["people"], row.get("options", {}).get(choice)
    if not people or count is None:
        return OptionShare(place, count, None)
    return OptionShare(place, count, round(100 * count / people))


def _middles(question: Question, rows: dict[Place, dict[str, Any]]) -> tuple[Middle, ...]:
    is_day = question.type == QuestionType.DATE
    if not is_day and question.type != QuestionType.NUMBER:
        return ()
    return tuple(
        Middle(
            place,
            number_in(row.get("median"), is_day=is_day),
            number_in(row.get("mean"), is_day=is_day),
        )
        for place, row in rows.items()
    )


def _ranking(question: Question, rows: dict[Place, dict[str, Any]]) -> tuple[RankedOption, ...]:
    if question.type != QuestionType.RANKING:
        return ()
    options = list(question.options.all())
    ranked = [
        RankedOption(
            option.label,
            tuple(
                _rank(place, row.get("places", {}).get(option.identifier), len(options))
                for place, row in rows.items()
            ),
            option.identifier,
        )
        for option in options
    ]
    return tuple(sorted(ranked, key=lambda option: -option.lowest_points))


def _rank(place: Place, text: str | None, options: int) -> Rank:
    mean = number_in(text, is_day=False)
    return Rank(place, mean, None if mean is None else points(mean, options))
