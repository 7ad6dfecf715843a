"""What each city answered to each question; groups under five are masked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, JSONField, Value, When

from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Question
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP, masked_places


@dataclass(frozen=True)
class OptionShare:
    """How many people of a city chose an option; both None when the city's group is masked."""

    city: City | None
    count: int | None
    percent: int | None


@dataclass(frozen=True)
class OptionResult:
    """One option, or one point of a scale, and how it did in each city and elsewhere."""

    label: str
    shares: tuple[OptionShare, ...]


@dataclass(frozen=True)
class QuestionResult:
    """A question's figures; ``groups`` says how many of each city answered, None if masked.

    A long text has no options: its figures are the numbers of texts.
    """

    question: Question
    groups: tuple[tuple[City | None, int | None], ...]
    options: tuple[OptionResult, ...]


Counts = dict[tuple[int, int | None], Counter]


def question_results(
    consultation: ConsultationPage, questions: Iterable[Question], cities: Sequence[City]
) -> list[QuestionResult]:
    """Return the figures of the questions (with their options fetched); one query."""
    people, chosen = _count(consultation)
    places = (*cities, None)
    return [_result(question, places, people, chosen) for question in questions]


def _count(consultation: ConsultationPage) -> tuple[Counter, Counter]:
    """Count people by (question, city) and choices by (question, city, choice).

    Texts are counted without being read; answers with several options are counted once as a
    person and once for each option.
    """
    is_text = When(question__type=QuestionType.LONG_TEXT, then=Value("", JSONField()))
    rows = (
        Answer.objects.filter(response__consultation=consultation)
        .annotate(given=Case(is_text, default=F("value"), output_field=JSONField()))
        .values_list("question_id", "response__city_id", "given")
        .annotate(people=Count("pk"))
        .order_by()
    )
    people: Counter = Counter()
    chosen: Counter = Counter()
    for question_id, city_id, given, number in rows:
        people[question_id, city_id] += number
        for choice in given if isinstance(given, list) else [given]:
            chosen[question_id, city_id, str(choice)] += number
    return people, chosen


def _result(
    question: Question, places: Sequence[City | None], people: Counter, chosen: Counter
) -> QuestionResult:
    groups = {city: people[question.pk, city and city.pk] for city in places}
    masked = masked_groups([(city, groups[city]) for city in places])
    options = tuple(
        OptionResult(
            label,
            tuple(
                _share(
                    city,
                    chosen[question.pk, city and city.pk, choice],
                    None if city in masked else groups[city],
                )
                for city in places
            ),
        )
        for choice, label in choices_of(question)
    )
    shown = tuple((city, None if city in masked else size) for city, size in groups.items())
    return QuestionResult(question, shown, options)


def choices_of(question: Question) -> list[tuple[str, str]]:
    """What can be chosen, as (stored value, words); nothing for a text."""
    if question.is_choice:
        return [(option.identifier, option.label) for option in question.options.all()]
    if question.type == QuestionType.SCALE:
        return [(str(point), _point_label(question, point)) for point in question.scale_points]
    return []


def _point_label(question: Question, point: int) -> str:
    ends: dict[int, Any] = {
        question.scale_min: question.scale_min_label,
        question.scale_max: question.scale_max_label,
    }
    return f"{point} ({ends[point]})" if ends.get(point) else str(point)


def masked_groups(groups: Sequence[tuple[City | None, int]]) -> set[City | None]:
    """Which of the groups readers are not shown; a second city where one would give it away."""
    cities = [(city, size) for city, size in groups if city is not None]
    masked = {cities[place][0] for place in masked_places([size for _city, size in cities])}
    too_small = {city for city, size in groups if size < SMALLEST_GROUP}
    return masked | too_small


def _share(city: City | None, count: int, group: int | None) -> OptionShare:
    if group is None:
        return OptionShare(city, None, None)
    return OptionShare(city, count, round(100 * count / group))
