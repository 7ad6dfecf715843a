"""What counts as an answer to a question."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from consultations.asking.budgets import spent_on
from consultations.asking.kinds import offered, point_field, words_field
from consultations.asking.reach import is_reached
from consultations.asking.reading import read_day, read_number, read_point
from consultations.asking.refusals import OverTheSum, TooFewProjects
from consultations.enums import QuestionType
from consultations.models import Question
from consultations.models.questions import LONGEST_WORDS, OTHER, POINT
from consultations.refusals import (
    AnswerMissing,
    NothingAnswered,
    OtherMissing,
    OtherNotChosen,
    PlaceGivenTwice,
    TextTooLong,
    WrongChoice,
)
from partnership.people.text_fields import is_blank

LONGEST_TEXT = 2000
LONGEST_SHORT_TEXT = 200
Value = str | int | float | list[str]


class Given(NamedTuple):
    """What is stored for one question, as the columns of an answer."""

    value: Value
    words: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class Sent(NamedTuple):
    """What came in for one question: what was chosen, words beside it, a point."""

    value: Any
    words: str = ""
    point: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the question was left alone."""
        is_nothing = self.value is None or self.value == []
        is_nothing = is_nothing or (isinstance(self.value, str) and is_blank(self.value))
        return is_nothing and is_blank(self.words) and is_blank(self.point)


def checked_answers(
    questions: Iterable[Question], answers: Mapping[str, Any]
) -> dict[Question, Given]:
    """Return what is to be stored for each question that was reached and answered.

    Raises AnswerMissing, WrongChoice, TextTooLong and what reading raises, each naming its
    field, and NothingAnswered for an empty form.
    """
    questions = list(questions)
    asked = {question.identifier for question in questions}
    given: dict[Question, Given] = {}
    for question in questions:
        values = {each.identifier: kept.value for each, kept in given.items()}
        if is_reached(question, values, asked):
            answer = checked_answer(question, answers)
            if answer is not None:
                given[question] = answer
    if not given:
        raise NothingAnswered
    return given


def checked_answer(question: Question, answers: Mapping[str, Any]) -> Given | None:
    """Return what is to be stored for a question, None when it may be and was left out."""
    sent = _sent(question, answers)
    if not sent.is_empty:
        return CHECKS[QuestionType(question.type)](question, sent)
    if question.required:
        raise AnswerMissing(field=question.identifier)
    return None


def _sent(question: Question, answers: Mapping[str, Any]) -> Sent:
    words = answers.get(words_field(question)) if question.takes_other else ""
    point = answers.get(point_field(question)) if question.takes_point else ""
    return Sent(answers.get(question.identifier), str(words or "").strip(), str(point or ""))


# Options -----------------------------------------------------------------------------------


def _one_option(question: Question, sent: Sent) -> Given:
    """An option, or words of one's own: those alone are an answer too."""
    value = OTHER if not sent.value and sent.words else sent.value
    if value != OTHER and sent.words:
        raise OtherNotChosen(field=words_field(question))
    return Given(_known(question, value), _words(question, sent, is_other=value == OTHER))


def _some_options(question: Question, sent: Sent) -> Given:
    """The chosen options, each once, in the order they were offered; own words the last."""
    chosen = sent.value or []
    if not isinstance(chosen, list):
        raise WrongChoice(field=question.identifier)
    if sent.words:
        chosen = [*chosen, OTHER]
    known = {_known(question, value) for value in chosen}
    in_order = [value for value in (*offered(question), OTHER) if value in known]
    return Given(in_order, _words(question, sent, is_other=OTHER in known))


def _ranking(question: Question, sent: Sent) -> Given:
    """The options somebody gave a place, the first one first."""
    if not isinstance(sent.value, list):
        raise WrongChoice(field=question.identifier)
    ranked = [_known(question, value) for value in sent.value]
    if len(set(ranked)) < len(ranked):
        raise PlaceGivenTwice(field=question.identifier)
    return Given(ranked)


def _projects(question: Question, sent: Sent) -> Given:
    """The chosen projects, in the order they were offered: as many as the sum suffices for."""
    given = _some_options(question, sent)
    chosen = given.value if isinstance(given.value, list) else []
    spent = spent_on(question, chosen)
    if spent > (question.budget or 0):
        raise OverTheSum(question, spent=spent)
    if len(chosen) < (question.fewest_projects or 0):
        raise TooFewProjects(question)
    return given


def _place(question: Question, sent: Sent) -> Given:
    """A place of the list or another one, with or without its point; or the point alone."""
    point = read_point(sent.point, field=point_field(question)) if sent.point.strip() else ()
    if point and not sent.value and not sent.words:
        return Given(POINT, "", *point)
    value, words, *_none = _one_option(question, sent)
    return Given(value, words, *point)


def _known(question: Question, value: Any) -> str:
    is_other = value == OTHER and question.takes_other
    if not is_other and value not in offered(question):
        raise WrongChoice(field=question.identifier)
    return str(value)


def _words(question: Question, sent: Sent, *, is_other: bool) -> str:
    if is_other and not sent.words:
        raise OtherMissing(field=words_field(question))
    if len(sent.words) > LONGEST_WORDS:
        raise TextTooLong(longest=LONGEST_WORDS, field=words_field(question))
    return sent.words


# Everything else ---------------------------------------------------------------------------


def _point(question: Question, sent: Sent) -> Given:
    if str(sent.value) not in {str(point) for point in question.scale_points}:
        raise WrongChoice(field=question.identifier)
    return Given(int(sent.value))


def _number(question: Question, sent: Sent) -> Given:
    return Given(read_number(question, sent.value))


def _day(question: Question, sent: Sent) -> Given:
    return Given(read_day(question, sent.value))


def _text(question: Question, sent: Sent) -> Given:
    is_short = question.type == QuestionType.SHORT_TEXT
    longest = LONGEST_SHORT_TEXT if is_short else LONGEST_TEXT
    if len(str(sent.value)) > longest:
        raise TextTooLong(longest=longest, field=question.identifier)
    return Given(str(sent.value))


CHECKS: dict[QuestionType, Callable[[Question, Sent], Given]] = {
    QuestionType.SINGLE_CHOICE: _one_option,
    QuestionType.MULTIPLE_CHOICE: _some_options,
    QuestionType.RANKING: _ranking,
    QuestionType.LOCATION: _place,
    QuestionType.BUDGET: _projects,
    QuestionType.SCALE: _point,
    QuestionType.NUMBER: _number,
    QuestionType.DATE: _day,
    QuestionType.LONG_TEXT: _text,
    QuestionType.SHORT_TEXT: _text,
}
