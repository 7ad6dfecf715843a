"""What residents fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.conversation.about import NOTHING, About
from consultations.drafts.querysets import with_paragraphs
from consultations.enums import Alignment, VoteChoice
from consultations.models import ConsultationPage, Contribution
from consultations.models.contributions import LONGEST_COMMENT
from consultations.services import COMMENT, VOTE
from consultations.speaking.forms import VoiceFields
from consultations.translations.detection import detect
from partnership.pages.languages import CODES, active, own_name
from partnership.people.forms import OneUseForm
from partnership.people.guarded_forms import GuardedForm
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused

WRITING_ROWS = {"rows": 5}


class LanguageField(forms.ChoiceField):
    """In which partner language something is written; starts as the one being read."""

    widget = forms.RadioSelect
    options_are_languages = True

    def __init__(self, **kwargs: Any) -> None:
        choices = [(code, own_name(code)) for code in CODES]
        super().__init__(
            label=_("I write in"),
            choices=choices,
            initial=active,
            error_messages={
                "invalid_choice": _("Choose one of the languages of this site."),
                "required": _("Choose one of the languages of this site."),
            },
            **kwargs,
        )


class VoteForm(OneUseForm):
    """One of the three answers to a statement."""

    token_purpose = VOTE
    choice = forms.ChoiceField(
        label=_("What do you say?"),
        choices=VoteChoice,
        error_messages={
            "required": _("Choose one of the answers offered here."),
            "invalid_choice": _("Choose one of the answers offered here."),
        },
    )


class CommentForm(VoiceFields, GuardedForm):
    """A comment, or a reply to the one named in ``parent``."""

    token_purpose = COMMENT
    can_hide_name = True
    text = PlainTextField(
        label=_("Your comment"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs=WRITING_ROWS),
        error_messages={"required": _("Write your comment first.")},
    )
    language_code = LanguageField()
    parent = forms.ModelChoiceField(
        queryset=Contribution.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("That comment cannot be replied to. Write a comment of your own.")
        },
    )

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        consultation: ConsultationPage,
        about: About = NOTHING,
        gone: Refused | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(with_language(data), *args, **kwargs)
        if not self.data.get("language_code"):
            del self.fields["language_code"]
        threads = consultation.contributions.published().threads()
        self.fields["parent"].queryset = with_paragraphs(threads)
        self.about, self.gone = about, gone
        if about.thing is not None:
            self.fields["alignment"] = forms.TypedChoiceField(
                label=_("Where do you stand?"),
                choices=Alignment,
                coerce=int,
                initial=Alignment.NEUTRAL,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose one of the answers offered here."),
                    "invalid_choice": _("Choose one of the answers offered here."),
                },
            )

    def clean(self) -> dict[str, Any]:
        """Words about something that is there no more are not made words about everything."""
        values = super().clean()
        if self.gone is not None:
            self.add_error(None, str(self.gone))
        return values


def with_language(data: Any) -> Any:
    """What was sent, with the language it seems to be in where nobody would expect it.

    The form asks for the language only if it is shown again and that language is not the
    page's, so that the author sees the guess and can correct it.
    """
    if data is None or data.get("language_code"):
        return data
    guess = detect(data.get("text", ""))
    if guess is None or guess == active():
        return data
    completed = data.copy()
    completed["language_code"] = guess
    return completed
