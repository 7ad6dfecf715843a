"""What residents and moderators fill in about proposed statements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.enums import PublicationStatus
from consultations.forms import LanguageField
from consultations.models import Statement
from consultations.models.statements import LONGEST_STATEMENT
from consultations.moderation.forms import ReasonFields, in_use
from consultations.proposals.services import (
    PROPOSE,
    hide_statement,
    link_statement,
    publish_statement,
)
from consultations.speaking.forms import VoiceFields
from partnership.pages.languages import CODES, localized, own_name
from partnership.people.guarded_forms import GuardedForm
from partnership.people.text_fields import PlainTextField
from partnership.refusals import Refused

PUBLISH, HIDE, LINK = "publish", "hide", "link"


class ProposalForm(VoiceFields, GuardedForm):
    """One idea in a sentence; the box appears once something like it was found."""

    token_purpose = PROPOSE
    text = PlainTextField(
        label=_("Your statement"),
        help_text=_(
            "One idea, as a sentence others can agree or disagree with. Write in whichever"
            " language you like; we translate it."
        ),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your statement first.")},
    )
    language_code = LanguageField()
    has_seen_similar = forms.BooleanField(
        label=_("None of these says what I mean"), required=False, widget=forms.HiddenInput
    )

    def ask_about(self) -> None:
        """Show the box to tick: something like it was found."""
        self.fields["has_seen_similar"].widget = forms.CheckboxInput()


class ProposalDecisionForm(ReasonFields):
    """Publish with every translation, hide with a reason, or link to what says the same."""

    decision = forms.ChoiceField(choices=[(each, each) for each in (PUBLISH, HIDE, LINK)])
    seen = forms.ChoiceField(choices=PublicationStatus)
    original: Any = forms.ModelChoiceField(
        queryset=Statement.objects.none(),
        required=False,
        label=_("Says the same as"),
        empty_label=_("Choose a statement"),
    )

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"statement-{statement.pk}", **kwargs)
        self.statement = statement
        for code in CODES:
            if code != statement.language_code:
                column = localized("text", code)
                self.fields[column] = PlainTextField(
                    label=own_name(code),
                    initial=getattr(statement, column),
                    required=False,
                    max_length=LONGEST_STATEMENT,
                    widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
                )
        originals: Any = self.fields["original"]
        originals.queryset = statement.consultation.statements.asked().exclude(pk=statement.pk)

    def offer(self, statements: list[Statement], *, like: list[Statement]) -> None:
        """Offer what it may be linked to without asking for it again, the likest first."""
        ranked = [*like, *(entry for entry in statements if entry not in like)]
        originals: Any = self.fields["original"]
        originals.widget.choices = [
            ("", originals.empty_label),
            *((entry.pk, str(entry)) for entry in ranked if entry.pk != self.statement.pk),
        ]

    @property
    def has_original(self) -> bool:
        """Whether one was chosen, or has to be."""
        return in_use(self["original"])

    @property
    def translations(self) -> list[Any]:
        """The fields of the languages it was not written in."""
        columns = [localized("text", code) for code in CODES]
        return [self[column] for column in columns if column in self.fields]

    def decide(self, *, by: Any) -> bool:
        """Carry the decision out; False, with the reason on the form, when refused."""
        values = self.cleaned_data
        try:
            self._carry_out(values, by=by, seen=values["seen"])
        except Refused as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, str(refusal))
            return False
        return True

    def _carry_out(self, values: dict[str, Any], *, by: Any, seen: str) -> None:
        if values["decision"] == PUBLISH:
            texts = {code: values.get(localized("text", code), "") for code in CODES}
            publish_statement(self.statement, by=by, texts=texts, seen=seen)
        elif values["decision"] == LINK:
            original = values["original"] or self.statement
            link_statement(self.statement, by=by, original=original, seen=seen)
        else:
            hide_statement(self.statement, by=by, reason=self.given, seen=seen)
