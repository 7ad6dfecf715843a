"""A city's answer: the review of pages asks in the same way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.ledger.models import ApprovalRequest
from partnership.ledger.services import approve, ask_for_changes, withdraw
from partnership.people.models import Resident
from partnership.people.text_fields import PlainTextField, is_blank

SIGN, CHANGES, WITHDRAW = "sign", "changes", "withdraw"
LONGEST_COMMENT = 2000


class DecisionForm(forms.Form):
    """Sign what was on the screen, or say what should be changed."""

    decision = forms.ChoiceField(choices=((SIGN, SIGN), (CHANGES, CHANGES)))
    seen = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    comment = PlainTextField(
        label=_("What should be changed, or a word to go with your signature"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ApprovalForm(DecisionForm):
    """The same for a city of the request; or the request is called off."""

    decision = forms.ChoiceField(choices=((SIGN, SIGN), (CHANGES, CHANGES), (WITHDRAW, WITHDRAW)))
    city: Any = forms.ModelChoiceField(queryset=None, to_field_name="code", required=False)

    def __init__(self, *args: Any, request: ApprovalRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        fields: dict[str, Any] = self.fields
        fields["city"].queryset = request.cities.all()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") != WITHDRAW and not cleaned.get("city"):
            self.add_error(None, _("Choose the city you answer for."))
        if cleaned.get("decision") == WITHDRAW and is_blank(cleaned.get("comment", "")):
            self.add_error(
                "comment", _("Say why you call it off: whoever asked or signed is told.")
            )
        return cleaned

    def answer(self, *, by: Resident) -> None:
        """Carry the decision out; raises what the service refuses with."""
        values: dict[str, Any] = self.cleaned_data
        decision, city, comment = values["decision"], values["city"], values["comment"]
        if decision == SIGN:
            approve(self.request, by=by, city=city, seen=values["seen"], comment=comment)
        elif decision == CHANGES:
            ask_for_changes(self.request, by=by, city=city, comment=comment)
        else:
            withdraw(self.request, by=by, comment=comment)
