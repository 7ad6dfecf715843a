"""The questions of a consultation as one form."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from consultations.answers import checked_answer
from consultations.asking.budgets import Purse, purse
from consultations.asking.fields import fields_for
from consultations.asking.reach import condition_in_words, is_reached
from consultations.forms import LanguageField
from consultations.models import Question, Response
from consultations.services import ANSWER, ANSWER_ANONYMOUSLY
from consultations.speaking.forms import VoiceFields, choice_of
from consultations.speaking.rules import MYSELF, ORGANISATION
from consultations.visiting.forms import GuestForm
from partnership.people.forms import OneUseForm
from partnership.people.guest_forms import GUEST_FIELDS
from partnership.people.text_fields import UNSTORABLE
from partnership.refusals import Refused


@dataclass(frozen=True)
class Asked:
    """One question as it is shown: its field, those that belong to it, who it is for."""

    question: Question
    field: BoundField
    others: tuple[BoundField, ...]
    condition: dict[str, str] | None
    purse: Purse | None = None


class QuestionnaireForm(VoiceFields, OneUseForm):
    """The questions of a consultation, each a field named by its identifier.

    It reads what was typed and says beside each field what is wrong with it, in the words of
    what counts as an answer.
    """

    token_purpose = ANSWER

    def __init__(
        self,
        *args: Any,
        questions: list[Question],
        response: Response | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        given = {}
        if response is not None:
            given = {answer.question_id: answer for answer in response.answers.all()}
            self._speaks_as_before(response)
        self._names = {}
        for question in questions:
            fields = fields_for(question, given.get(question.pk))
            self._names[question.identifier] = list(fields)
            self.fields.update(fields)
        if any(question.is_text for question in questions):
            self.fields["language_code"] = LanguageField()
        self.add_more()

    def _speaks_as_before(self, response: Response) -> None:
        """Start from whom it was answered for, whatever the account says by now."""
        speaks_for = ORGANISATION if response.is_for_organisation else MYSELF
        if response.partner is not None:
            self.initial["speaks_for"] = choice_of(response.partner)
            return
        self.initial["speaks_for"] = speaks_for
        self.initial["organisation_name"] = response.organisation_name or self._offered
        if response.organisation_kind:
            self.initial["organisation_kind"] = response.organisation_kind

    def add_more(self) -> None:
        """What is asked besides the questions."""
        self.fields["wants_receipt"] = forms.BooleanField(
            label=_("Send me a receipt by e-mail"),
            help_text=_("With a code that shows that your answers are counted."),
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {question.identifier for question in self.questions}
        values: dict[str, Any] = {}
        for question in self.questions:
            if not is_reached(question, values, asked):
                self._forget(question)
            elif not any(name in self.errors for name in self._names[question.identifier]):
                values[question.identifier] = self._checked(question)
        return cleaned

    def _forget(self, question: Question) -> None:
        """Of a question that is no longer reached nothing counts, and nothing is wrong."""
        for name in self._names[question.identifier]:
            self.errors.pop(name, None)

    def _checked(self, question: Question) -> Any:
        try:
            given = checked_answer(question, self.cleaned_data)
        except Refused as refusal:
            field = refusal.field if refusal.field in self.fields else question.identifier
            self.add_error(field, str(refusal))
            return None
        return given.value if given else None

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by the names of the questions' fields."""
        names = [name for names in self._names.values() for name in names]
        return {name: self.cleaned_data.get(name) for name in names}

    def typed(self) -> dict[str, list[str]]:
        """What came from the browser to the questions, right or wrong, safe to be stored."""
        names = set(self.fields) - {"form_token"}
        for name, field in self.fields.items():
            names |= {f"{name}{part}" for part in getattr(field.widget, "widgets_names", ())}
        sent = ((name, self.data.getlist(name)) for name in names if name in self.data)
        return {name: [UNSTORABLE.sub("", value) for value in values] for name, values in sent}

    def asked(self) -> list[Asked]:
        """The questions in their order, as the page shows them."""
        return [self._asked(question) for question in self.questions]

    def _asked(self, question: Question) -> Asked:
        first, *others = (self[name] for name in self._names[question.identifier])
        condition = condition_in_words(question, self.questions)
        spent = purse(question, first.value() or ()) if question.is_budget else None
        return Asked(question, first, tuple(others), condition, spent)

    @property
    def divides_a_sum(self) -> bool:
        """Whether a sum is divided somewhere, for the script that adds up."""
        return any(question.is_budget for question in self.questions)


class AnonymousQuestionnaireForm(QuestionnaireForm):
    """The same for answers nobody can be told about: no receipt, no changing, no organisation."""

    token_purpose = ANSWER_ANONYMOUSLY
    asks_for_voice = False

    def add_more(self) -> None:
        """Nothing besides the questions."""


class GuestQuestionnaireForm(GuestForm, QuestionnaireForm):
    """The same for somebody without an account, who is asked first who they are."""

    field_order = GUEST_FIELDS
