"""What each city answered, told apart by something else: the way in, or another answer.

The groups are those of a city, so that nothing stands here that a file or the page keeps back.
Of two questions with one option each the same people are told apart both ways round. So what is
kept back as a group one way is kept back as an option the other way: else whoever reads both
would find in one of them what the other does not say.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import JSONField, OuterRef, Subquery

from consultations.enums import QuestionType
from consultations.models import Answer, ConsultationPage, Question
from consultations.question_results import (
    Given,
    OptionResult,
    OptionShare,
    Place,
    QuestionResult,
    masked_groups,
    question_results,
)
from consultations.split_results import SPLITS, Groups, by_group, count_groups, whole_of
from partnership.cities.models import City
from partnership.masking import masked_parts

#: By nothing but the cities, as on the page.
CITY = "city"
#: The group of those who did not answer the other question.
NO_ANSWER = ""


@dataclass(frozen=True)
class CrossedResult:
    """The figures of a question, and those of each group in every city; none by city alone."""

    whole: QuestionResult
    groups: tuple[tuple[str, QuestionResult], ...] = ()


def crossing_questions(questions: Sequence[Question]) -> list[Question]:
    """Those whose answers tell people apart: everybody gave one of a few."""
    return [each for each in questions if each.type == QuestionType.SINGLE_CHOICE]


def crossings(questions: Sequence[Question]) -> list[str]:
    """Everything the figures can be crossed by, the cities first."""
    return [CITY, *SPLITS, *(each.anchor for each in crossing_questions(questions))]


def crossed_results(
    consultation: ConsultationPage, questions: Sequence[Question], cities: Sequence[City], by: str
) -> list[CrossedResult]:
    """Return the figures of the questions (with their options fetched) crossed by one of these.

    One query for any number of questions, and one more by city where a sum is divided. The
    question that people are told apart by is left out.
    """
    if by == CITY:
        return [CrossedResult(each) for each in question_results(consultation, questions, cities)]
    answers = Answer.objects.filter(response__consultation=consultation)
    if by in SPLITS:
        counted = count_groups(answers, SPLITS[by])
        return [_crossed(each, counted[each.pk], cities) for each in questions]
    (other,) = (each for each in crossing_questions(questions) if each.anchor == by)
    said = Answer.objects.filter(response=OuterRef("response"), question=other).values("value")
    counted = count_groups(answers.annotate(said=Subquery(said, JSONField())), "said")
    return [
        _kept_back_both_ways(
            _crossed(each, counted[each.pk], cities), counted[each.pk], counted[other.pk]
        )
        for each in questions
        if each != other
    ]


def _crossed(question: Question, counted: Groups, cities: Sequence[City]) -> CrossedResult:
    whole = whole_of(question, counted, cities)
    return CrossedResult(whole, tuple(by_group(question, counted, cities)))


def _kept_back_both_ways(result: CrossedResult, counted: Groups, other: Groups) -> CrossedResult:
    """The same without what is kept back where the two questions change places."""
    question = result.whole.question
    if question.type != QuestionType.SINGLE_CHOICE:
        return result
    places = [place for place, _size in result.whole.groups]
    sizes = {place: _people(other[_key(place)]) for place in places}
    too_few = masked_groups(list(sizes.items()))
    hidden = {
        place: _hidden_options(counted[_key(place)], sizes[place], is_kept_back=place in too_few)
        for place in places
    }
    return replace(
        result, groups=tuple((group, _without(figures, hidden)) for group, figures in result.groups)
    )


def _key(city: Place) -> int | None:
    return city.pk if city else None


def _people(groups: Mapping[str, Given]) -> int:
    return sum(given.total() for given in groups.values())


def _hidden_options(
    groups: Mapping[str, Given], people: int, *, is_kept_back: bool
) -> frozenset[str]:
    """The options that would be groups kept back: of ``people`` who answered the other one."""
    sizes: Counter[str] = Counter()
    for group, given in groups.items():
        for option, number in given.items() if group != NO_ANSWER else ():
            sizes[str(option)] += number
    sizes[NO_ANSWER] = people - sizes.total()
    return frozenset(sizes) if is_kept_back else masked_parts(sizes)


def _without(result: QuestionResult, hidden: Mapping[Place, frozenset[str]]) -> QuestionResult:
    def told(option: OptionResult, share: OptionShare) -> OptionShare:
        is_hidden = option.key in hidden[share.city]
        return replace(share, count=None, percent=None) if is_hidden else share

    return replace(
        result,
        options=tuple(
            replace(option, shares=tuple(told(option, share) for share in option.shares))
            for option in result.options
        ),
    )
