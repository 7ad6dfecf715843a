"""A city's answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.people.models import Resident
from partnership.people.text_fields import PlainTextField
from partnership.review.models import CityReview
from partnership.review.services import approve, ask_for_changes

SIGN, CHANGES = "sign", "changes"
LONGEST_COMMENT = 2000


class AnswerForm(forms.Form):
    """Sign what was on the screen, or say what should be changed."""

    decision = forms.ChoiceField(choices=((SIGN, SIGN), (CHANGES, CHANGES)))
    seen = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    comment = PlainTextField(
        label=_("What should be changed, or a word to go with your signature"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def answer(self, review: CityReview, *, by: Resident) -> CityReview:
        """Carry the decision out; raises what the service, or publishing, refuses with."""
        comment: Any = self.cleaned_data["comment"]
        if self.cleaned_data["decision"] == SIGN:
            return approve(review, by=by, seen=self.cleaned_data["seen"], comment=comment)
        return ask_for_changes(review, by=by, comment=comment)
