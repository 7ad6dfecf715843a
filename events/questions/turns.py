"""In which order questions are read: the cities take turns."""

from collections.abc import Iterable, Mapping

from events.questions.models import LiveQuestion

#: How many people of each city support a question, by the keys of both; None is elsewhere.
Support = Mapping[int, Mapping[int | None, int]]


def in_turns(questions: Iterable[LiveQuestion], support: Support) -> list[LiveQuestion]:
    """Return them in rounds: of every city what its own people support most and is not there yet.

    A question is in the row of each city that supports it and of the one it comes from, so that
    a full hall cannot drown a small one. Within a round the one that more people support comes
    first, then the older one. What comes from elsewhere and no city supports stands at the end.
    """

    def of_all(question: LiveQuestion) -> tuple[int, ...]:
        return -sum(support.get(question.pk, {}).values()), question.pk

    left = sorted(questions, key=of_all)  # the keys tell which is older, too
    rows = [_row_of(city, left, support) for city in _cities(left, support)]
    ordered: list[LiveQuestion] = []
    while any(rows):
        best = {row[0].pk for row in rows if row}
        ordered += [question for question in left if question.pk in best]
        rows = [[one for one in row if one.pk not in best] for row in rows]
    placed = {question.pk for question in ordered}
    return ordered + [question for question in left if question.pk not in placed]


def _cities(questions: list[LiveQuestion], support: Support) -> set[int]:
    found = {question.city_id for question in questions}
    found |= {city for question in questions for city in support.get(question.pk, {})}
    return {city for city in found if city is not None}


def _row_of(city: int, questions: list[LiveQuestion], support: Support) -> list[LiveQuestion]:
    """What comes from a city or is supported there, what is supported there most first."""
    own = [one for one in questions if one.city_id == city or support.get(one.pk, {}).get(city)]
    return sorted(own, key=lambda one: -support.get(one.pk, {}).get(city, 0))
