"""What moderators, authors and judges fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.moderation.enums import HidingReason
from consultations.moderation.models import (
    LONGEST_ANSWER,
    LONGEST_APPEAL,
    Appeal,
    ReasonTemplate,
)
from consultations.moderation.reasons import GivenReason, choices
from consultations.moderation.services.appeals import APPEAL, give_back, turn_down
from partnership.pages.editing import ThingForm
from partnership.pages.languages import field_names
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused

LONGEST_REASON = 1000
GIVE_BACK, TURN_DOWN = "give_back", "turn_down"


class ReasonFields(forms.Form):
    """Why something is hidden: words chosen, words written, or both."""

    template = forms.ChoiceField(required=False, label=_("Reason"))
    reason = PlainTextField(
        required=False,
        label=_("In your own words; the author receives them too"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, templates: list[ReasonTemplate] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if templates is None:
            templates = list(ReasonTemplate.objects.offered())
        fields: dict[str, Any] = self.fields
        fields["template"].choices = choices(templates)

    @property
    def has_reason(self) -> bool:
        """Whether something stands there, or has to be mended: then it is in sight."""
        return in_use(self["template"]) or in_use(self["reason"])

    @property
    def given(self) -> GivenReason:
        """What was chosen and written."""
        values = self.cleaned_data
        return GivenReason.chosen(values.get("template", ""), words=values.get("reason", ""))


def in_use(field: forms.BoundField) -> bool:
    """Whether a field holds something, or has something to mend."""
    return bool(field.errors or field.value())


class AppealForm(OneUseForm):
    """Why the words should be shown."""

    token_purpose = APPEAL
    text = PlainTextField(
        label=_("Why should it be shown?"),
        help_text=_("Somebody of another city reads this. Write in whichever language you like."),
        max_length=LONGEST_APPEAL,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write why it should be shown.")},
    )


class JudgeForm(forms.Form):
    """Show it again, or leave it hidden and say why."""

    decision = forms.ChoiceField(choices=((GIVE_BACK, GIVE_BACK), (TURN_DOWN, TURN_DOWN)))
    answer = PlainTextField(
        label=_("Answer to the author"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def decide(self, appeal: Appeal, *, by: Any) -> bool:
        """Carry the decision out; False, with the reason on the form, when refused."""
        act = give_back if self.cleaned_data["decision"] == GIVE_BACK else turn_down
        try:
            act(appeal, by=by, answer=self.cleaned_data["answer"])
        except Refused as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, str(refusal))
            return False
        return True


class RemovalForm(forms.Form):
    """Why hidden words are to go for good."""

    reason = forms.ChoiceField(
        choices=HidingReason,
        error_messages={
            "required": _("Choose the reason."),
            "invalid_choice": _("Choose the reason."),
        },
    )


class ReasonTemplateForm(ThingForm):
    """Words for a reason, in every language at once: authors read them in their own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for column in (*field_names("title"), *field_names("text")):
            fields[column].required = True
