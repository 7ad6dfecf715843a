"""Why a sum cannot be divided as somebody did, in sentences for the reader."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from consultations.asking.budgets import amount_in_words
from consultations.models import Question
from partnership.refusals import Refused


class OverTheSum(Refused):
    """The chosen projects cost more than there is to divide."""

    code = "over_the_sum"

    def __init__(self, question: Question, *, spent: int) -> None:
        total = question.budget or 0
        words = _(
            "Your projects cost %(spent)s, and the sum is %(total)s. That is %(over)s too much: "
            "take something out."
        )
        amounts = {"spent": spent, "total": total, "over": spent - total}
        told = {name: amount_in_words(question, amount) for name, amount in amounts.items()}
        super().__init__(words % told, field=question.identifier)


class TooFewProjects(Refused):
    """Fewer projects than the question asks for."""

    code = "too_few_projects"

    def __init__(self, question: Question) -> None:
        fewest = question.fewest_projects or 0
        words = ngettext(
            "Choose at least %(number)d project.", "Choose at least %(number)d projects.", fewest
        )
        super().__init__(words % {"number": fewest}, field=question.identifier)
