"""Where answers to questions for a place lie: for staff who may read answers one by one."""

from typing import Any

from django.db.models import QuerySet

from consultations.enums import QuestionType
from consultations.maps.marks import drawing_of, marks_on
from consultations.maps.models import CityMap
from consultations.models import Answer, ConsultationPage, Question

#: So many answers stand on a map; whoever wants all of them exports them.
MOST = 2000


def asks_for_points(consultation_id: int) -> bool:
    """Whether one of its questions asks for a point."""
    return asking(consultation_id).exists()


def asking(consultation_id: int) -> QuerySet[Question]:
    """Its questions that ask for a point, in their order."""
    asked = Question.objects.filter(type=QuestionType.LOCATION, asks_point=True)
    return asked.filter(consultation=consultation_id).order_by("sort_order")


def points_may_be_seen(consultation: ConsultationPage) -> bool:
    """Nobody reads anonymous answers before the close."""
    return consultation.is_over or not consultation.is_anonymous


def maps_of_answers(consultation: ConsultationPage) -> list[dict[str, Any]]:
    """Return the questions that ask for a point, each with its maps and how many lie on none."""
    maps = list(CityMap.objects.with_picture())
    return [_of_question(question, maps) for question in asking(consultation.pk)]


def _of_question(question: Question, maps: list[CityMap]) -> dict[str, Any]:
    placed = Answer.objects.filter(question=question).exclude(latitude=None).order_by("pk")
    rows = placed.values_list("latitude", "longitude", "value")[:MOST]
    points = [((float(north or 0), float(east or 0)), value) for north, east, value in rows]
    drawn = [
        {**drawing_of(each), "marks": [{"mark": mark} for mark in marks_on(each, points)]}
        for each in maps
    ]
    shown = sum(mark["mark"].count for each in drawn for mark in each["marks"])
    return {
        "question": question,
        "maps": [each for each in drawn if each["marks"]],
        "number": placed.count() if len(points) == MOST else len(points),
        "drawn": len(points),
        "elsewhere": max(len(points) - shown, 0),
    }
