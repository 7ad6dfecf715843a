"""Forms that machines fill in gladly: kept from them without asking people anything.

A field that people do not see and machines fill in, and the time that nobody needs less than
to read a form: it is signed into the form's own token. No puzzle, no script, no third party.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partnership.people import tokens
from partnership.people.forms import OneUseForm

TRAP = "homepage"


class TrapInput(forms.TextInput):
    """Out of sight and out of the way of the keyboard; shown again it is empty again."""

    def __init__(self) -> None:
        super().__init__(attrs={"tabindex": "-1", "autocomplete": "off"})

    def format_value(self, value: Any) -> None:
        return None


class TrapField(forms.CharField):
    """Must stay empty; ``is_trap`` tells the template to keep it out of sight."""

    is_trap = True
    widget = TrapInput

    def to_python(self, value: Any) -> str:
        return str(value or "")

    def run_validators(self, value: str) -> None:
        """Whatever it is, it is too much; clean() of the form says so."""


class GuardedForm(OneUseForm):
    """A form for words that others will read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TRAP] = TrapField(required=False, label=_("Leave this empty"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.pop(TRAP, ""):
            self.add_error(
                None, _("A field that only machines see was filled in. Please send it again.")
            )
        elif tokens.is_fresh(
            values.get("form_token", ""),
            purpose=self.token_purpose,
            seconds=settings.FORM_PATIENCE,
        ):
            self.add_error(
                None, _("That was quicker than anybody reads. Please send it once more.")
            )
        return values
