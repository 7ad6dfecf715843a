"""The questions of a consultation as one form."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField

from consultations.answers import checked_answer
from consultations.asking.fields import fields_for
from consultations.forms import LanguageField
from consultations.models import Question, Response
from consultations.services import ANSWER
from partnership.people.forms import OneUseForm
from partnership.refusals import Refused


@dataclass(frozen=True)
class Asked:
    """One question as it is shown: its field, and those that belong to it."""

    question: Question
    field: BoundField
    others: tuple[BoundField, ...]


class QuestionnaireForm(OneUseForm):
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
        self._names = {}
        for question in questions:
            fields = fields_for(question, given.get(question.pk))
            self._names[question.identifier] = list(fields)
            self.fields.update(fields)
        if any(question.is_text for question in questions):
            self.fields["language_code"] = LanguageField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for question in self.questions:
            if not any(name in self.errors for name in self._names[question.identifier]):
                self._check(question)
        return cleaned

    def _check(self, question: Question) -> None:
        try:
            checked_answer(question, self.cleaned_data)
        except Refused as refusal:
            field = refusal.field if refusal.field in self.fields else question.identifier
            self.add_error(field, str(refusal))

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by the identifiers of the questions."""
        others = {"form_token", "language_code"}
        return {name: value for name, value in self.cleaned_data.items() if name not in others}

    def asked(self) -> list[Asked]:
        """The questions in their order, as the page shows them."""
        return [self._asked(question) for question in self.questions]

    def _asked(self, question: Question) -> Asked:
        first, *others = (self[name] for name in self._names[question.identifier])
        return Asked(question, first, tuple(others))
