"""What each city answered to each question; groups under five are masked."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, JSONField, Value, When
from django.utils.translation import gettext as _

from consultations.asking.budgets import costs_of
from consultations.asking.kinds import choices_of, offered
from consultations.asking.measures import mean, mean_places, median, points
from consultations.budget_results import ProjectOutcome, outcome_of
from consultations.enums import TEXTS, Channel, QuestionType
from consultations.models import Answer, ConsultationPage, Question
from consultations.models.questions import POINT
from partnership.cities.models import City
from partnership.masking import SMALLEST_GROUP, masked_parts, masked_places
from partnership.people.enums import OrganisationKind


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
    #: The identifier of the option, or the point of the scale.
    key: str = ""


@dataclass(frozen=True)
class Middle:
    """What the numbers or days of a city come to; all None when its group is masked."""

    city: City | None
    median: float | None
    mean: float | None = None

    @property
    def day(self) -> date | None:
        """The median as a day, of a question that asks for one."""
        return None if self.median is None else date.fromordinal(int(self.median))


@dataclass(frozen=True)
class Rank:
    """The mean place a city gave an option, and Borda's points; None when it is masked."""

    city: City | None
    place: float | None
    points: float | None


@dataclass(frozen=True)
class RankedOption:
    """One option of a ranking, and where each city puts it."""

    label: str
    ranks: tuple[Rank, ...]
    #: The identifier of the option.
    key: str = ""

    @property
    def lowest_points(self) -> float:
        """What it has at least in every city shown: a ranking is ordered by it."""
        return self.lowest_points_in(None)

    def lowest_points_in(self, decide: Container[int] | None) -> float:
        """The same of the cities with these keys; what others say is shown and decides nothing."""
        shown = [
            rank.points
            for rank in self.ranks
            if rank.city and rank.points is not None and (decide is None or rank.city.pk in decide)
        ]
        return min(shown, default=0.0)


@dataclass(frozen=True)
class QuestionResult:
    """A question's figures; ``groups`` says how many of each city answered, None if masked.

    What can be chosen has options, a number or a day its middles, a ranking ranked options. A
    text has none of them: its figures are the numbers of texts. A sum to divide also has an
    outcome, of everybody's answers only.
    """

    question: Question
    groups: tuple[tuple[City | None, int | None], ...]
    options: tuple[OptionResult, ...] = ()
    middles: tuple[Middle, ...] = ()
    ranking: tuple[RankedOption, ...] = ()
    #: Which projects the sum pays for, in their order; empty while it is too early.
    outcome: tuple[ProjectOutcome, ...] = ()
    #: How many of each group answered on paper; None where too few did, or too few did not.
    on_paper: tuple[tuple[City | None, int | None], ...] = ()
    #: How many of each group spoke for what: a kind of organisation, empty for themselves.
    speakers: tuple[tuple[str, tuple[int | None, ...]], ...] = ()
    #: Whether these are the answers of one kind of speaker only.
    is_part: bool = False


#: For whom people can speak; empty for themselves.
SPEAKERS = ("", *OrganisationKind.values)
GROUPED_BY = (
    "question_id",
    "response__city_id",
    "response__channel",
    "response__organisation_kind",
)
#: How many people of a city gave each value; a list of several options is a tuple here.
Given = Counter[Any]
Place = City | None


def question_results(
    consultation: ConsultationPage,
    questions: Iterable[Question],
    cities: Sequence[City],
    *,
    speaking: str | None = None,
) -> list[QuestionResult]:
    """Return the figures of the questions (with their options fetched); one query.

    ``speaking`` asks for those only who spoke for one kind of organisation, empty for those
    who spoke for themselves: as the figures of all are known, a group is not shown where the
    others of its city could be worked out from both.
    """
    counted = _count(consultation)
    places = (*cities, None)
    results = [
        _result(
            question,
            {place: counted.given[question.pk, _key(place)] for place in places},
            {place: counted.on_paper[question.pk, _key(place)] for place in places},
            speaking,
        )
        for question in questions
    ]
    return with_outcomes(consultation, results)


def _key(city: Place) -> int | None:
    return city.pk if city else None


#: What the people of a city gave, by the kind of organisation they spoke for.
BySpeaker = defaultdict[str, Given]


class Counted(NamedTuple):
    """Answers counted by (question, city): what was given, and how many came on paper."""

    given: defaultdict[tuple[int, int | None], BySpeaker]
    on_paper: Counter[tuple[int, int | None]]


def _count(consultation: ConsultationPage) -> Counted:
    """Count people by (question, city); texts are counted unread."""
    is_text = When(question__type__in=TEXTS, then=Value("", JSONField()))
    rows = (
        Answer.objects.filter(response__consultation=consultation)
        .annotate(given=Case(is_text, default=F("value"), output_field=JSONField()))
        .values_list(*GROUPED_BY, "given")
        .annotate(people=Count("pk"))
        .order_by()
    )
    counted = Counted(defaultdict(lambda: defaultdict(Counter)), Counter())
    for question_id, city_id, channel, kind, given, people in rows:
        value = tuple(given) if isinstance(given, list) else given
        counted.given[question_id, city_id][kind][value] += people
        counted.on_paper[question_id, city_id] += people if channel == Channel.PAPER else 0
    return counted


def _result(
    question: Question,
    given: dict[Place, BySpeaker],
    on_paper: dict[Place, int],
    speaking: str | None,
) -> QuestionResult:
    everybody = {place: sum(by.values(), Counter()) for place, by in given.items()}
    sizes = {place: counts.total() for place, counts in everybody.items()}
    masked = masked_groups(list(sizes.items()))
    speakers = {place: _speakers(given[place], is_masked=place in masked) for place in given}
    if speaking is None:
        groups = tuple((place, None if place in masked else sizes[place]) for place in given)
        shown = {place: None if place in masked else counts for place, counts in everybody.items()}
        result = QuestionResult(question, groups, on_paper=told_on_paper(groups, on_paper))
    else:
        told = {place: speakers[place][speaking] for place in given}
        shown = {place: None if told[place] is None else given[place][speaking] for place in given}
        result = QuestionResult(question, tuple(told.items()), is_part=True)
    return replace(result, speakers=_by_kind(speakers), **figures_of(question, shown))


def _speakers(by_kind: BySpeaker, *, is_masked: bool) -> dict[str, int | None]:
    """How many of one group spoke for what; None where too few did, or too few others did."""
    sizes = {kind: by_kind[kind].total() for kind in SPEAKERS}
    masked = masked_parts(sizes)
    return {kind: None if is_masked or kind in masked else size for kind, size in sizes.items()}


def _by_kind(
    speakers: dict[Place, dict[str, int | None]],
) -> tuple[tuple[str, tuple[int | None, ...]], ...]:
    """The kinds of which some group can be shown, and themselves first; nothing without any."""
    told = [(kind, tuple(by[kind] for by in speakers.values())) for kind in SPEAKERS]
    found = [(kind, sizes) for kind, sizes in told if any(sizes)]
    return tuple(found) if any(kind for kind, _sizes in found) else ()


def told_on_paper(
    groups: Sequence[tuple[Place, int | None]], on_paper: dict[Place, int]
) -> tuple[tuple[Place, int | None], ...]:
    """Those on paper; in a group that is shown neither they nor the others are too few."""
    if not any(on_paper.values()):
        return ()
    told = []
    for place, size in groups:
        number = on_paper[place]
        is_told = size is not None and (
            not number or (number >= SMALLEST_GROUP and not 0 < size - number < SMALLEST_GROUP)
        )
        told.append((place, number if is_told else None))
    return tuple(told)


def figures_of(question: Question, shown: dict[Place, Given | None]) -> dict[str, Any]:
    match QuestionType(question.type):
        case QuestionType.RANKING:
            return {"ranking": _ranking(question, shown)}
        case QuestionType.NUMBER:
            return {"middles": _middles(shown)}
        case QuestionType.DATE:
            days = {place: _as_days(counts) for place, counts in shown.items()}
            return {"middles": _middles(days)}
    return {"options": _options(question, shown)}


def with_outcomes(
    consultation: ConsultationPage, results: list[QuestionResult]
) -> list[QuestionResult]:
    """The figures of everybody with what a sum pays for; all others as they are.

    Only the cities of the consultation decide, which are all where it belongs to none, and none
    that had left the partnership when it opened. They are
    asked for where there is a sum; one query.
    """
    if not any(each.question.is_budget and not each.is_part for each in results):
        return results
    own = {city.pk for city in consultation.cities.all()}
    opened = consultation.opens_at.date()
    return [
        each if each.is_part or not each.question.is_budget else _with_outcome(each, own, opened)
        for each in results
    ]


def _with_outcome(result: QuestionResult, own: set[int], opened: date) -> QuestionResult:
    def decides(city: Place) -> bool:
        is_own = city is not None and (not own or city.pk in own)
        return is_own and city is not None and not city.left_before(opened)

    chosen = {
        option.key: [share.count or 0 for share in option.shares if decides(share.city)]
        for option in result.options
    }
    people = [size or 0 for city, size in result.groups if decides(city)]
    costs = costs_of(result.question)
    return replace(result, outcome=outcome_of(result.question.budget or 0, costs, chosen, people))


def _options(question: Question, shown: dict[Place, Given | None]) -> tuple[OptionResult, ...]:
    chosen = {place: _by_choice(counts) for place, counts in shown.items()}
    return tuple(
        OptionResult(
            label,
            tuple(
                _share(place, chosen[place][choice], counts.total() if counts else None)
                for place, counts in shown.items()
            ),
            choice,
        )
        for choice, label in countable(question)
    )


def countable(question: Question) -> list[tuple[str, str]]:
    """What can be chosen; a mere point on the map is an answer, though no button."""
    bare_point = [(POINT, _("Only a point on the map"))] if question.takes_point else []
    return [*choices_of(question), *bare_point]


def _by_choice(counts: Given | None) -> Counter[str]:
    """How many chose each option; who chose several counts for each of them."""
    chosen: Counter[str] = Counter()
    for value, people in (counts or {}).items():
        for choice in value if isinstance(value, tuple) else (value,):
            chosen[str(choice)] += people
    return chosen


def _share(city: Place, count: int, group: int | None) -> OptionShare:
    if group is None:
        return OptionShare(city, None, None)
    return OptionShare(city, count, round(100 * count / group))


def _middles(shown: dict[Place, Given | None]) -> tuple[Middle, ...]:
    return tuple(
        Middle(place, median(counts), mean(counts)) if counts else Middle(place, None)
        for place, counts in shown.items()
    )


def _as_days(counts: Given | None) -> Given | None:
    if counts is None:
        return None
    return Counter({date.fromisoformat(day).toordinal(): n for day, n in counts.items()})


def _ranking(question: Question, shown: dict[Place, Given | None]) -> tuple[RankedOption, ...]:
    """The options, the one that does best where it does worst first; equals as offered."""
    names = offered(question)
    labels = {option.identifier: option.label for option in question.options.all()}
    means = {place: mean_places(counts or {}, names) for place, counts in shown.items()}
    ranked = [
        RankedOption(
            labels[name],
            tuple(_rank(place, means[place].get(name), len(names)) for place in shown),
            name,
        )
        for name in names
    ]
    return tuple(sorted(ranked, key=lambda option: -option.lowest_points))


def ordered_by(decide: Container[int], result: QuestionResult) -> QuestionResult:
    """The same with its ranking in the order of the cities that decide; equals as offered."""
    offers = {name: place for place, name in enumerate(offered(result.question))}

    def order(option: RankedOption) -> tuple[float, int]:
        return -option.lowest_points_in(decide), offers.get(option.key, len(offers))

    return replace(result, ranking=tuple(sorted(result.ranking, key=order)))


def _rank(city: Place, place: float | None, options: int) -> Rank:
    return Rank(city, place, None if place is None else points(place, options))


def masked_groups(groups: Sequence[tuple[City | None, int]]) -> set[City | None]:
    """Which of the groups readers are not shown; a second city where one would give it away."""
    masked = masked_places({city.code: size for city, size in groups if city is not None})
    return {
        city
        for city, size in groups
        if size < SMALLEST_GROUP or (city is not None and city.code in masked)
    }
