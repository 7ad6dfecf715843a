"""What can be chosen in a question, and what its parts are called in a form."""

from django.utils.translation import gettext as _

from consultations.enums import QuestionType
from consultations.models import Question
from consultations.models.questions import OTHER, POINT


def words_field(question: Question) -> str:
    """The name of the field for one's own words beside the options."""
    return f"{question.identifier}_{OTHER}"


def point_field(question: Question) -> str:
    """The name of the field for the point on the map."""
    return f"{question.identifier}_{POINT}"


def offered(question: Question) -> list[str]:
    """The identifiers of the options (fetched before, for many questions), in their order."""
    return [option.identifier for option in question.options.all()]


def choices_of(question: Question) -> list[tuple[str, str]]:
    """What can be chosen, as (stored value, words); nothing for texts, numbers and dates."""
    if question.type == QuestionType.SCALE:
        return [(str(point), _point_label(question, point)) for point in question.scale_points]
    if not question.has_options:
        return []
    choices = [(option.identifier, option.label) for option in question.options.all()]
    if question.takes_other:
        is_place = question.type == QuestionType.LOCATION
        choices.append((OTHER, _("Another place") if is_place else _("Other")))
    return choices


def _point_label(question: Question, point: int) -> str:
    ends = {
        question.scale_min: question.scale_min_label,
        question.scale_max: question.scale_max_label,
    }
    return f"{point} ({ends[point]})" if ends.get(point) else str(point)
