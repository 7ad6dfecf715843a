"""What each city answered to each question; groups under five are masked."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, JSONField, Value, When
from django.utils.translation import gettext as _

from consultations.asking.kinds import choices_of, offered
from consultations.asking.measures import mean, mean_places, median, points
from consultations.enums import TEXTS, Channel, QuestionType
from consultations.models import Answer, ConsultationPage, Question
from consultations.models.questions import POINT
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
        shown = [rank.points for rank in self.ranks if rank.city and rank.points is not None]
        return min(shown, default=0.0)


@dataclass(frozen=True)
class QuestionResult:
    """A question's figures; ``groups`` says how many of each city answered, None if masked.

    What can be chosen has options, a number or a day its middles, a ranking ranked options. A
    text has none of them: its figures are the numbers of texts.
    """

    question: Question
    groups: tuple[tuple[City | None, int | None], ...]
    options: tuple[OptionResult, ...] = ()
    middles: tuple[Middle, ...] = ()
    ranking: tuple[RankedOption, ...] = ()
    #: How many of each group answered on paper; None where too few did, or too few did not.
    on_paper: tuple[tuple[City | None, int | None], ...] = ()


#: How many people of a city gave each value; a list of several options is a tuple here.
Given = Counter[Any]
Place = City | None


def question_results(
    consultation: ConsultationPage, questions: Iterable[Question], cities: Sequence[City]
) -> list[QuestionResult]:
    """Return the figures of the questions (with their options fetched); one query."""
    counted = _count(consultation)
    return [_result(question, counted[question.pk], cities) for question in questions]


@dataclass(frozen=True)
class SplitResult:
    """The figures of a question, and those of each group of people: ``(split, group)``."""

    all: QuestionResult
    groups: dict[tuple[str, str], QuestionResult]


#: By what people are told apart within a city: a name for files, and where it stands, seen from
#: an answer. Another way of telling them apart is another line; its values are texts.
SPLITS: dict[str, str] = {"channel": "response__channel"}


def split_results(
    consultation: ConsultationPage,
    questions: Iterable[Question],
    cities: Sequence[City],
    *,
    until: datetime | None = None,
    masks: bool = True,
) -> list[SplitResult]:
    """Return the figures of the questions, whole and by everything in ``SPLITS``.

    One query for the whole and one for each split. ``until`` leaves out what came in later;
    without ``masks`` every group is told, for staff.
    """
    kinds = {name: _count(consultation, path, until) for name, path in SPLITS.items()}
    first = next(iter(kinds.values()))
    return [
        SplitResult(
            _result(question, first[question.pk], cities, masks=masks),
            {
                (name, group): figures
                for name, counted in kinds.items()
                for group, figures in _by_group(question, counted[question.pk], cities, masks)
            },
        )
        for question in questions
    ]


def _key(city: Place) -> int | None:
    return city.pk if city else None


#: What was given, by city and by group within it.
Groups = defaultdict[int | None, defaultdict[str, Given]]


def _count(
    consultation: ConsultationPage,
    split: str = SPLITS["channel"],
    until: datetime | None = None,
) -> defaultdict[int, Groups]:
    """Count people by question, city, group and what they gave. Texts are counted unread."""
    is_text = When(question__type__in=TEXTS, then=Value("", JSONField()))
    answers = Answer.objects.filter(response__consultation=consultation)
    if until is not None:
        answers = answers.filter(response__changed_at__lte=until)
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


def _result(
    question: Question, counted: Groups, cities: Sequence[City], *, masks: bool = True
) -> QuestionResult:
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
    result = QuestionResult(question, groups, on_paper=_on_paper(groups, on_paper))
    return replace(result, **_figures(question, shown))


def _by_group(
    question: Question, counted: Groups, cities: Sequence[City], masks: bool
) -> Iterable[tuple[str, QuestionResult]]:
    """The figures of each group; of a city that is told, those from which none can be worked out.

    The page tells how many the city has in all: where one group is too small, a second one is
    kept back with it.
    """
    names = sorted({name for groups in counted.values() for name, given in groups.items() if given})
    places = (*cities, None)
    whole = _result(question, counted, cities, masks=masks)
    kept_back = {city for city, size in whole.groups if size is None}
    masked: dict[Place, frozenset[int]] = {
        city: masked_places([counted[_key(city)][name].total() for name in names])
        for city in places
        if masks
    }
    for number, name in enumerate(names):
        hidden = {city for city in masked if city in kept_back or number in masked[city]}
        given = {city: counted[_key(city)][name] for city in places}
        yield name, _figured(question, given, hidden, {})


def _on_paper(
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


def _figures(question: Question, shown: dict[Place, Given | None]) -> dict[str, Any]:
    match QuestionType(question.type):
        case QuestionType.RANKING:
            return {"ranking": _ranking(question, shown)}
        case QuestionType.NUMBER:
            return {"middles": _middles(shown)}
        case QuestionType.DATE:
            days = {place: _as_days(counts) for place, counts in shown.items()}
            return {"middles": _middles(days)}
    return {"options": _options(question, shown)}


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


def _rank(city: Place, place: float | None, options: int) -> Rank:
    return Rank(city, place, None if place is None else points(place, options))


def masked_groups(groups: Sequence[tuple[City | None, int]]) -> set[City | None]:
    """Which of the groups readers are not shown; a second city where one would give it away."""
    cities = [(city, size) for city, size in groups if city is not None]
    masked = {cities[place][0] for place in masked_places([size for _city, size in cities])}
    too_small = {city for city, size in groups if size < SMALLEST_GROUP}
    return masked | too_small
