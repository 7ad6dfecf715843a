"""What counts as an answer to a question of the sign-up form, and how it is told again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from events.registrations.enums import QuestionType
from events.registrations.models import SignUpQuestion
from partnership.refusals import Refused

LONGEST_TEXT = 500
FIELD = "question_{}"
BIGGEST_NUMBER = 1_000_000


class AnswerRefused(Refused):
    """An answer is missing, or not one of the options."""

    code = "answer"

    def __init__(self, question: SignUpQuestion) -> None:
        super().__init__(
            _("Please answer this question, with one of the options if there are any."),
            field=FIELD.format(question.identifier),
        )


def checked(questions: Iterable[SignUpQuestion], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is stored: only answers to these questions, each of its kind.

    Raises AnswerRefused for a required one that is missing and for anything that is no answer.
    """
    kept = {}
    for question in questions:
        value = answers.get(question.identifier)
        if value in (None, "", []):
            if question.required:
                raise AnswerRefused(question)
            continue
        if not _is_answer(question, value):
            raise AnswerRefused(question)
        kept[question.identifier] = _once(question, value)
    return kept


def _once(question: SignUpQuestion, value: Any) -> Any:
    """What was ticked, each once, in the order it is offered; everything else as it is."""
    if not isinstance(value, list):
        return value
    return [each.identifier for each in question.options.all() if each.identifier in value]


def _is_answer(question: SignUpQuestion, value: Any) -> bool:
    offered = {option.identifier for option in question.options.all()}
    match QuestionType(question.type):
        case QuestionType.SINGLE_CHOICE:
            return value in offered
        case QuestionType.MULTIPLE_CHOICE:
            return isinstance(value, list) and set(value) <= offered
        case QuestionType.NUMBER:
            return isinstance(value, int) and abs(value) <= BIGGEST_NUMBER
        case QuestionType.DATE:
            return isinstance(value, str) and parse_date(value) is not None
    return isinstance(value, str) and len(value) <= LONGEST_TEXT


def told(question: SignUpQuestion, value: Any) -> str:
    """Return an answer in words, in the active language; empty for none."""
    if value in (None, "", []):
        return ""
    if question.is_choice:
        labels = {option.identifier: str(option) for option in question.options.all()}
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(identifier, "") for identifier in map(str, chosen))
    if question.type == QuestionType.DATE:
        day = parse_date(value)
        return date_format(day, "DATE_FORMAT") if day else str(value)
    return str(value)
