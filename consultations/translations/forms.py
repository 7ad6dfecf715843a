"""What is written about residents' words in other languages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.models import Contribution
from consultations.translations.models import LONGEST_TRANSLATION, Translation
from consultations.translations.services import CORRECT_LANGUAGE, PROPOSE
from consultations.translations.words_of import Words, digest_of
from partnership.pages.languages import CODES, own_name
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField

LONGEST_REASON = 1000
ACCEPT, REFUSE = "accept", "refuse"


def _language_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(code, own_name(code)) for code in CODES],
        error_messages={
            "invalid_choice": _("Choose one of the languages of this site."),
            "required": _("Choose one of the languages of this site."),
        },
    )


class ProposalForm(OneUseForm):
    """A neighbour's translation of what somebody wrote."""

    token_purpose = PROPOSE
    text = PlainTextField(
        label=_("Your translation"),
        help_text=_("Say what the author says, no more and no less."),
        max_length=LONGEST_TRANSLATION,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the translation first.")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        words: Words,
        language_code: str,
        begun: Translation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = digest_of(words)
        text = self.fields["text"]
        if begun is not None:
            text.initial = begun.text
            if begun.by_machine:
                text.help_text = _("A machine wrote this. Correct whatever is not right.")
        text.label = _("Your translation: %(language)s") % {"language": own_name(language_code)}
        text.widget.attrs["lang"] = language_code

    def show_original_again(self, words: Words) -> None:
        """Shown again, the form is about the original as it is now, with what was typed."""
        self.data = {**self.data.dict(), "seen": digest_of(words)}


class OwnLanguageForm(OneUseForm):
    """An author saying in which language their comment is written."""

    token_purpose = CORRECT_LANGUAGE

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language_code"] = _language_field()
        self.others = [
            (code, own_name(code)) for code in CODES if code != contribution.language_code
        ]


class LanguageForm(forms.Form):
    """A moderator saying the same of somebody else's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language_code"] = _language_field()


class StaffTranslationForm(forms.Form):
    """A moderator's own translation, in one of the boxes beside the original."""

    seen = forms.CharField(required=False)
    text = PlainTextField(
        max_length=LONGEST_TRANSLATION,
        widget=forms.Textarea,
        error_messages={"required": _("Write the translation first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language_code"] = _language_field()


class TranslationDecisionForm(forms.Form):
    """Accept a proposal, corrected or as it is, or refuse it with a reason."""

    decision = forms.ChoiceField(choices=[(ACCEPT, ACCEPT), (REFUSE, REFUSE)])
    seen = forms.CharField(required=False)
    text = PlainTextField(required=False, max_length=LONGEST_TRANSLATION, widget=forms.Textarea)
    reason = PlainTextField(required=False, max_length=LONGEST_REASON, widget=forms.Textarea)
