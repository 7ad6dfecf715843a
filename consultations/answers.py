"""What counts as an answer to a question."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from consultations.enums import QuestionType
from consultations.models import Question
from consultations.refusals import AnswerMissing, NothingAnswered, TextTooLong, WrongChoice
from partnership.people.text_fields import is_blank

LONGEST_TEXT = 2000
Value = str | int | list[str]


def checked_answers(
    questions: Iterable[Question], answers: Mapping[str, Any]
) -> dict[Question, Value]:
    """Return what is to be stored for each question that was answered.

    Raises AnswerMissing, WrongChoice or TextTooLong, each naming the question's identifier as
    its field, and NothingAnswered for an empty form.
    """
    values = {}
    for question in questions:
        value = answers.get(question.identifier)
        if _is_empty(value):
            if question.required:
                raise AnswerMissing(field=question.identifier)
            continue
        values[question] = CHECKS[QuestionType(question.type)](question, value)
    if not values:
        raise NothingAnswered
    return values


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and is_blank(value))


def _one_option(question: Question, value: Any) -> str:
    if value not in [option.identifier for option in question.options.all()]:
        raise WrongChoice(field=question.identifier)
    return str(value)


def _some_options(question: Question, value: Any) -> list[str]:
    """The chosen options, each once, in the order they were offered."""
    offered = [option.identifier for option in question.options.all()]
    if not isinstance(value, list) or any(identifier not in offered for identifier in value):
        raise WrongChoice(field=question.identifier)
    return [identifier for identifier in offered if identifier in value]


def _point(question: Question, value: Any) -> int:
    if str(value) not in {str(point) for point in question.scale_points}:
        raise WrongChoice(field=question.identifier)
    return int(value)


def _text(question: Question, value: Any) -> str:
    if len(str(value)) > LONGEST_TEXT:
        raise TextTooLong(longest=LONGEST_TEXT, field=question.identifier)
    return str(value)


CHECKS: dict[QuestionType, Callable[[Question, Any], Value]] = {
    QuestionType.SINGLE_CHOICE: _one_option,
    QuestionType.MULTIPLE_CHOICE: _some_options,
    QuestionType.SCALE: _point,
    QuestionType.LONG_TEXT: _text,
}
