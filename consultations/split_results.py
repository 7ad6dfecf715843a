"""What each city answered, whole and told apart by the ways in and by who was speaking."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, Count, F, JSONField, Value, When

from consultations.enums import TEXTS, Channel
from consultations.models import Answer, ConsultationPage, Question
from consultations.querysets import AnswerQuerySet
from consultations.question_results import (
    Given,
    Place,
    QuestionResult,
    figures_of,
    masked_groups,
    told_on_paper,
    with_outcomes,
)
from partnership.cities.models import City
from partnership.masking import masked_parts


@dataclass(frozen=True)
class SplitResult:
    """The figures of a question, and those of each group of people: ``(split, group)``."""

    all: QuestionResult
    groups: dict[tuple[str, str], QuestionResult]


#: By what people are told apart within a city: a name for files, and where it stands, seen from
#: an answer. Another way of telling them apart is another line; its values are texts.
SPLITS: dict[str, str] = {
    "channel": "response__channel",
    "organisation_kind": "response__organisation_kind",
}


def split_results(
    consultation: ConsultationPage,
    questions: Iterable[Question],
    cities: Sequence[City],
    *,
    until: datetime | None = None,
    masks: bool = True,
) -> list[SplitResult]:
    """Return the figures of the questions, whole and by everything in ``SPLITS``.

    One query for the whole and one for each split, and one where a sum is divided. ``until``
    leaves out what came in later; without ``masks`` every group is told, for staff.
    """
    answers = Answer.objects.filter(response__consultation=consultation)
    if until is not None:
        answers = answers.received_until(until)
    kinds = {name: count_groups(answers, path) for name, path in SPLITS.items()}
    first = next(iter(kinds.values()))
    whole = [whole_of(each, first[each.pk], cities, masks=masks) for each in questions]
    return [
        SplitResult(
            result,
            {
                (name, group): figures
                for name, counted in kinds.items()
                for group, figures in by_group(
                    result.question, counted[result.question.pk], cities, masks=masks
                )
            },
        )
        for result in with_outcomes(consultation, whole)
    ]


def _key(city: Place) -> int | None:
    return city.pk if city else None


#: What was given, by city and by group within it.
Groups = defaultdict[int | None, defaultdict[str, Given]]


def count_groups(answers: AnswerQuerySet, split: str) -> defaultdict[int, Groups]:
    """Count people by question, city, group and what they gave. Texts are counted unread."""
    is_text = When(question__type__in=TEXTS, then=Value("", JSONField()))
    rows = (
        answers.annotate(given=Case(is_text, default=F("value"), output_field=JSONField()))
        .values_list("question_id", "response__city_id", split, "given")
        .annotate(people=Count("pk"))
        .order_by()
    )
    counted: defaultdict[int, Groups] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(Counter))
    )
    for question_id, city_id, group, given, people in rows:
        value = tuple(given) if isinstance(given, list) else given
        counted[question_id][city_id][str(group or "")][value] += people
    return counted


def whole_of(
    question: Question, counted: Groups, cities: Sequence[City], *, masks: bool = True
) -> QuestionResult:
    """The figures of everybody, by city."""
    given = {city: _together(counted[_key(city)].values()) for city in (*cities, None)}
    on_paper = {city: counted[_key(city)][Channel.PAPER].total() for city in given}
    sizes = {place: counts.total() for place, counts in given.items()}
    masked = masked_groups(list(sizes.items())) if masks else set()
    return _figured(question, given, masked, on_paper)


def _together(groups: Iterable[Given]) -> Given:
    found: Given = Counter()
    for group in groups:
        found.update(group)
    return found


def _figured(
    question: Question, given: dict[Place, Given], masked: set[Place], on_paper: dict[Place, int]
) -> QuestionResult:
    shown = {place: None if place in masked else counts for place, counts in given.items()}
    groups = tuple(
        (place, None if counts is None else counts.total()) for place, counts in shown.items()
    )
    result = QuestionResult(question, groups, on_paper=told_on_paper(groups, on_paper))
    return replace(result, **figures_of(question, shown))


def by_group(
    question: Question, counted: Groups, cities: Sequence[City], *, masks: bool = True
) -> Iterable[tuple[str, QuestionResult]]:
    """The figures of each group; of a city that is told, those from which none can be worked out.

    The page tells how many the city has in all: where one group is too small, a second one is
    kept back with it.
    """
    names = sorted({name for groups in counted.values() for name, given in groups.items() if given})
    places = (*cities, None)
    whole = whole_of(question, counted, cities, masks=masks)
    kept_back = {city for city, size in whole.groups if size is None}
    masked: dict[Place, frozenset[str]] = {
        city: masked_parts({name: counted[_key(city)][name].total() for name in names})
        for city in places
        if masks
    }
    for name in names:
        hidden = {city for city in masked if city in kept_back or name in masked[city]}
        given = {city: counted[_key(city)][name] for city in places}
        yield name, _figured(question, given, hidden, {})
