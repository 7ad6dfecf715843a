"""A city's answer."""

from typing import Any

from partnership.ledger.forms import CHANGES, SIGN, DecisionForm
from partnership.people.models import Resident
from partnership.review.models import CityReview
from partnership.review.services import approve, ask_for_changes

__all__ = ("CHANGES", "SIGN", "AnswerForm")


class AnswerForm(DecisionForm):
    """Sign what was on the screen, or say what should be changed."""

    def answer(self, review: CityReview, *, by: Resident) -> CityReview:
        """Carry the decision out; raises what the service, or publishing, refuses with."""
        comment: Any = self.cleaned_data["comment"]
        if self.cleaned_data["decision"] == SIGN:
            return approve(review, by=by, seen=self.cleaned_data["seen"], comment=comment)
        return ask_for_changes(review, by=by, comment=comment)
