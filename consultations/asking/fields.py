"""The form fields a question is answered with.

They read what was typed and show it again; what counts as an answer, and what is wrong with
it, is for ``consultations.answers`` to say.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.answers import LONGEST_SHORT_TEXT, LONGEST_TEXT
from consultations.asking.budgets import priced_choices, rules_in_words, told_of_projects
from consultations.asking.kinds import choices_of, offered, point_field, words_field
from consultations.enums import QuestionType
from consultations.models import Answer, Question
from consultations.models.questions import LONGEST_WORDS, POINT
from partnership.people.text_fields import PlainTextField

#: As many places stand below each other; more are a list that opens.
MOST_BUTTONS = 8
CHOICE_ERROR = gettext_lazy("Choose one of the answers offered here.")


class PlacesWidget(forms.MultiWidget):
    """A list of places (1, 2, 3 ...) for every option of a ranking."""

    is_a_group_of_parts = True

    def __init__(self, options: Iterable[tuple[str, str]]) -> None:
        self.options = list(options)
        numbers = [(str(number), str(number)) for number in range(1, len(self.options) + 1)]
        choices = [("", _("not ranked")), *numbers]
        super().__init__({name: forms.Select(choices=choices) for name, _label in self.options})

    @property
    def part_labels(self) -> list[str]:
        """What each of the lists is for."""
        return [label for _name, label in self.options]

    def decompress(self, value: Any) -> list[str]:
        """The place of every option: a list that came from no form."""
        return places_of([name for name, _label in self.options], value or [])


def places_of(options: list[str], ranked: list[str]) -> list[str]:
    """The place each option was given, in the order of the options; empty for none."""
    return [str(ranked.index(name) + 1) if name in ranked else "" for name in options]


class RankingField(forms.Field):
    """Places typed for options; becomes the options in the order of their places.

    Two on one place stay two: the list then holds the first of them twice, and is refused.
    """

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.options = offered(question)
        labels = {option.identifier: option.label for option in question.options.all()}
        super().__init__(widget=PlacesWidget(labels.items()), **kwargs)

    def to_python(self, value: Any) -> list[str]:
        places = [str(place or "") for place in value or []]
        given = list(zip(places, self.options, strict=False))
        allowed = {str(number + 1) for number in range(len(self.options))}
        if any(place and place not in allowed for place in places):
            raise forms.ValidationError(CHOICE_ERROR)
        ranked = sorted((pair for pair in given if pair[0]), key=lambda pair: int(pair[0]))
        first = dict(reversed(ranked))
        return [first[place] for place, _name in ranked]


class NumberField(PlainTextField):
    """A line, not a number box: those drop what they do not understand without a word."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)
        self.unit = unit


def fields_for(question: Question, given: Answer | None = None) -> dict[str, forms.Field]:
    """Return the fields that ask one question, by name; filled with what was answered."""
    field: Any = FIELDS[QuestionType(question.type)](question)
    field.label, field.help_text = question.text, _help(question)
    field.required = False  # what is missing is said with everything else: see the form
    field.is_asked = question.required
    field.error_messages["invalid_choice"] = CHOICE_ERROR
    if question.required and not isinstance(field.widget, GROUPS):
        field.widget.attrs["aria-required"] = "true"
    fields = {question.identifier: field}
    if question.takes_other:
        fields[words_field(question)] = _words(question)
    if question.takes_point:
        fields[point_field(question)] = _map_point()
    if given is not None:
        _fill(fields, question, given)
    return fields


GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, PlacesWidget)


def _fill(fields: dict[str, forms.Field], question: Question, given: Answer) -> None:
    is_ranking = question.type == QuestionType.RANKING
    value = places_of(offered(question), given.value) if is_ranking else given.value
    fields[question.identifier].initial = "" if value == POINT else value
    if question.takes_other:
        fields[words_field(question)].initial = given.words
    if question.takes_point and given.latitude is not None:
        fields[point_field(question)].initial = f"{given.latitude}, {given.longitude}"


def _help(question: Question) -> str:
    """The explanation, and what a ranking or a sum to divide asks for."""
    lines = [question.help_text] if question.help_text else []
    if question.type == QuestionType.RANKING:
        lines.append(_("Give 1 to what matters most. You may leave some out of the order."))
    if question.is_budget:
        lines += rules_in_words(question)
    return " ".join(lines)


def _one(question: Question) -> forms.Field:
    return forms.ChoiceField(choices=choices_of(question), widget=forms.RadioSelect)


def _several(question: Question) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choices_of(question), widget=forms.CheckboxSelectMultiple
    )


def _projects(question: Question) -> forms.Field:
    field: Any = forms.MultipleChoiceField(
        choices=priced_choices(question), widget=forms.CheckboxSelectMultiple
    )
    field.option_hints = told_of_projects(question)
    return field


def _place(question: Question) -> forms.Field:
    choices = choices_of(question)
    if len(choices) <= MOST_BUTTONS:
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(choices=[("", _("Choose a place")), *choices])


def _number(question: Question) -> forms.Field:
    return NumberField(unit=question.number_unit)


def _day(_question: Question) -> forms.Field:
    return PlainTextField(widget=forms.DateInput(attrs={"type": "date"}))


def _text(_question: Question) -> forms.Field:
    return PlainTextField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 5}))


def _few_words(_question: Question) -> forms.Field:
    return PlainTextField(max_length=LONGEST_SHORT_TEXT)


def _words(question: Question) -> forms.Field:
    is_place = question.type == QuestionType.LOCATION
    label = _("If another place: which one?") if is_place else _("If “Other”: in your own words")
    return PlainTextField(label=label, max_length=LONGEST_WORDS, required=False)


def _map_point() -> forms.Field:
    return PlainTextField(
        label=_("The point on the map"),
        help_text=_(
            "Latitude and longitude, for example 41.6523, -3.2871. Maps show them when you press "
            "a spot for a moment. Only city staff see the exact point."
        ),
        required=False,
    )


FIELDS = {
    QuestionType.SINGLE_CHOICE: _one,
    QuestionType.MULTIPLE_CHOICE: _several,
    QuestionType.SCALE: _one,
    QuestionType.RANKING: lambda question: RankingField(question),
    QuestionType.LOCATION: _place,
    QuestionType.BUDGET: _projects,
    QuestionType.NUMBER: _number,
    QuestionType.DATE: _day,
    QuestionType.LONG_TEXT: _text,
    QuestionType.SHORT_TEXT: _few_words,
}
