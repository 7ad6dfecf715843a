"""The questions of an event as fields of a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.registrations.answers import BIGGEST_NUMBER, FIELD, LONGEST_TEXT
from events.registrations.enums import QuestionType
from events.registrations.models import SignUpQuestion
from partnership.people.text_fields import PlainTextField


def field_for(question: SignUpQuestion) -> forms.Field:
    """Return the field that asks one question."""
    common: dict[str, Any] = {
        "label": question.text,
        "help_text": question.help_text or "",
        "required": question.required,
        "error_messages": {"required": _("Please answer this question.")},
    }
    options = [(option.identifier, str(option)) for option in question.options.all()]
    match QuestionType(question.type):
        case QuestionType.SINGLE_CHOICE:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
        case QuestionType.MULTIPLE_CHOICE:
            return forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, **common
            )
        case QuestionType.NUMBER:
            return forms.IntegerField(
                min_value=-BIGGEST_NUMBER, max_value=BIGGEST_NUMBER, localize=False, **common
            )
        case QuestionType.DATE:
            # Browsers send ISO days whatever language their calendar is in.
            widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            return forms.DateField(input_formats=("%Y-%m-%d",), widget=widget, **common)
    return PlainTextField(max_length=LONGEST_TEXT, **common)


def name_of(question: SignUpQuestion) -> str:
    """The name of that field."""
    return FIELD.format(question.identifier)


def stored(question: SignUpQuestion, value: Any) -> Any:
    """What a cleaned value is kept as."""
    if question.type == QuestionType.DATE and value:
        return value.isoformat()
    return value
