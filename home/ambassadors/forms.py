"""Becoming an ambassador, asking one, and reading what one wrote."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from events.models import EventPage
from home.ambassadors.enums import State
from home.ambassadors.models import LONGEST_WORDS, Ambassador
from home.ambassadors.services import ASK, JOIN, attended_by, decide
from partnership.pages.two_hands.forms import AsOpenedField, TwoHandsForm
from partnership.people.account_forms import INVALID_ADDRESS, REQUIRED
from partnership.people.details import LanguageField
from partnership.people.guarded_forms import GuardedForm
from partnership.people.models import Participant
from partnership.people.text_fields import MailboxField, NameField, PlainTextField

LONGEST_QUESTION = 2000


class AmbassadorForm(GuardedForm):
    """What readers see of an ambassador, and that they agree to it."""

    token_purpose = JOIN
    event: Any = forms.ModelChoiceField(
        label=_("What did you take part in?"),
        queryset=EventPage.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose something you took part in.")},
    )
    first_name = NameField(
        label=_("First name, as readers see it"),
        max_length=40,
        error_messages={"required": _("Write a first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    place = PlainTextField(
        label=_("City, as readers see it"),
        max_length=60,
        error_messages={"required": _("Write a city.")},
    )
    words = PlainTextField(
        label=_("What was it like, and what can people ask you?"),
        help_text=_("Somebody of the city reads it before it is shown."),
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Write a few words.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    language_code = LanguageField(
        label=_("In which language did you write this?"),
        error_messages={"required": _("Choose a language.")},
    )
    is_adult = forms.BooleanField(
        label=_("I am 18 or older."),
        error_messages={"required": _("Ambassadors are 18 or older.")},
    )
    agrees = forms.BooleanField(
        label=_("Show this to everybody, and pass on to me by mail what people ask."),
        help_text=_("Nobody sees your address. Who gets an answer from you sees where it is from."),
        error_messages={"required": _("Without this you cannot be an ambassador.")},
    )

    def __init__(self, data: Any = None, *, participant: Participant | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["event"].queryset = attended_by(participant)

    def offered(self) -> dict[str, Any]:
        """What was filled in, as ``services.volunteer`` takes it."""
        boxes = ("is_adult", "agrees")
        return {name: self.cleaned_data[name] for name in self.cleaned_data if name not in boxes}


class QuestionForm(GuardedForm):
    """What somebody with an account asks an ambassador."""

    token_purpose = ASK
    text = PlainTextField(
        label=_("Your question"),
        max_length=LONGEST_QUESTION,
        error_messages={"required": _("Write your question.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class GuestQuestionForm(QuestionForm):
    """The same of somebody without one."""

    name = NameField(
        label=_("Your name"),
        max_length=80,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = MailboxField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The answer goes there. The ambassador sees it, and nobody else."),
        error_messages={"required": REQUIRED["email"], "invalid": INVALID_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("text", "name", "email")


class DecisionForm(TwoHandsForm, WagtailAdminModelForm):
    """Whether the words are shown; they are the ambassador's own, and nobody changes them."""

    state = forms.ChoiceField(
        label=_("Do readers see it?"),
        choices=[(State.PUBLISHED, _("Show it")), (State.HIDDEN, _("Do not show it"))],
        widget=forms.RadioSelect,
    )
    seen = AsOpenedField(required=False)
    instance: Ambassador

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.consented_at.isoformat()
        self.fields["reason"].help_text = _(
            "If you do not show it: the ambassador reads this, so write it in their language."
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("state") == State.HIDDEN and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: whoever wrote it is told."))
        return cleaned

    def save(self, commit: bool = True) -> Ambassador:
        """Decide, and tell whoever wrote it."""
        answer = self.cleaned_data
        return decide(
            self.instance,
            state=State(answer["state"]),
            reason=answer["reason"],
            seen=self._seen,
            by=self.for_user,
        )

    @property
    def _seen(self) -> datetime | None:
        try:
            return parse_datetime(self.cleaned_data.get("seen", ""))
        except ValueError:
            return None
