"""Maps in a form of questions: each question for a place that asks for the point has one."""

from collections.abc import Iterable

from django.http import HttpRequest

from consultations.asking.kinds import point_field
from consultations.asking.reading import DECIMALS
from consultations.maps.pressing import FormMaps
from consultations.models import Question


def maps_of_questions(request: HttpRequest, questions: Iterable[Question]) -> FormMaps:
    """Return the maps of such a form, and take what was pressed on them out of the request."""
    fields = [point_field(question) for question in questions if question.takes_point]
    return FormMaps(request, fields, decimals=DECIMALS)
