"""What residents fill in about a comment that is there already."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.conversation.services import EDIT, REPORT
from consultations.enums import ReportReason
from consultations.models.contributions import LONGEST_COMMENT
from consultations.models.conversation import LONGEST_NOTE
from partnership.people.forms import OneUseForm
from partnership.people.guarded_forms import GuardedForm
from partnership.people.text_fields import PlainTextField

SUPPORTS = {"yes": True, "no": False, "": None}
#: The buttons that show one's own name beside a comment, and keep it back.
NAMES = {"show": True, "hide": False}


class EditForm(OneUseForm):
    """Other words for one's own comment."""

    token_purpose = EDIT
    text = PlainTextField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your comment first.")},
    )


class ReportForm(GuardedForm):
    """What is wrong with a comment."""

    token_purpose = REPORT
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=ReportReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is wrong with it."),
            "invalid_choice": _("Choose what is wrong with it."),
        },
    )
    note = PlainTextField(
        label=_("What should the moderators know?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
