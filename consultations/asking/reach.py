"""Which questions somebody comes to: conditions on earlier answers, decided on the server."""

from collections.abc import Iterable, Mapping
from typing import Any

from consultations.asking.kinds import choices_of
from consultations.models import Question


def is_reached(question: Question, values: Mapping[str, Any], asked: Iterable[str]) -> bool:
    """Whether the answers so far lead to the question.

    ``values`` holds what was given to the questions reached before, by identifier; ``asked``
    names every question there is: a condition on one that is gone holds nobody back.
    """
    condition = question.condition
    if condition is None or condition[0] not in asked:
        return True
    earlier, wanted = condition
    given = values.get(earlier)
    return wanted in (given if isinstance(given, list) else [str(given)])


def condition_in_words(question: Question, questions: Iterable[Question]) -> dict[str, str] | None:
    """The earlier question and the answer that lead here, as they are worded; None for all."""
    condition = question.condition
    if condition is None:
        return None
    earlier = next((each for each in questions if each.identifier == condition[0]), None)
    if earlier is None:
        return None
    return {
        "question": earlier.text,
        "answer": dict(choices_of(earlier)).get(condition[1], condition[1]),
        "rule": question.shown_if,
    }
