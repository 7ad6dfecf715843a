"""What is typed at the door, and what a phone sends when the network is back."""

import json
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from events.registrations.door.services import Tick
from events.registrations.models import Registration
from events.registrations.services.by_hand import PURPOSE
from partnership.cities.models import City
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField

#: What a phone may send in one go; it sends the rest after it.
MOST_TICKS = 100
LONGEST_TYPED = 200
#: People of one group without a place; a class with its teachers comes as two.
MOST_TOGETHER = 30


class FindForm(forms.Form):
    """A code or a name, typed or scanned."""

    q = forms.CharField(
        label=_("Code or name"),
        max_length=LONGEST_TYPED,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ArrivalForm(forms.Form):
    """How many of a group have come; the hidden mark makes a double click count once."""

    people = forms.IntegerField(label=_("How many are here?"), min_value=1, localize=False)
    mark = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, party: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.initial = party.missing
        field.widget.attrs |= {"max": party.missing, "inputmode": "numeric"}
        if party.missing == 1:
            field.widget = forms.HiddenInput()


class WalkInForm(OneUseForm):
    """Somebody who has no place yet: who stands there, or who phones."""

    token_purpose = PURPOSE
    name = PlainTextField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("Whom to call at the door. Nobody has to give one."),
    )
    city: Any = forms.ModelChoiceField(
        label=_("Home city"),
        queryset=City.objects.all(),
        required=False,
        empty_label=_("Somewhere else"),
    )
    party_size = forms.IntegerField(
        label=_("How many people?"), min_value=1, max_value=MOST_TOGETHER, initial=1, localize=False
    )
    is_here = forms.BooleanField(label=_("They are here now"), required=False)
    mark = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = City.objects.partners()


class MarkForm(forms.Form):
    """The button beside a group in the list."""

    code = forms.CharField(max_length=LONGEST_TYPED)
    mark = forms.UUIDField()


class TickForm(forms.Form):
    """One thing a phone noted, as it sends it."""

    code = forms.CharField(max_length=LONGEST_TYPED)
    mark = forms.UUIDField()
    people = forms.IntegerField(min_value=1, max_value=1000, required=False)
    at = forms.DateTimeField(required=False)

    def tick(self) -> Tick:
        """Return what was noted; only after ``is_valid()``."""
        return Tick(**self.cleaned_data)


class UnreadableTicks(Exception):  # noqa: N818 - what was sent, not what failed
    """What was sent is not what our script sends."""


def ticks_in(body: bytes) -> list[Tick]:
    """Return what a phone sent, at most a hundred at a time; raises UnreadableTicks."""
    try:
        rows = json.loads(body)["ticks"]
        forms_of_rows = [TickForm(dict(row)) for row in rows]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UnreadableTicks from error
    if len(forms_of_rows) > MOST_TICKS or not all(form.is_valid() for form in forms_of_rows):
        raise UnreadableTicks
    return [form.tick() for form in forms_of_rows]
