"""Making codes, and typing one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.codes.models import LONGEST_NOTE
from consultations.codes.services import MAKE, MOST_AT_A_TIME, USE, WITHDRAW
from consultations.codes.writing import LONGEST_TYPED
from partnership.cities.models import City
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField


class CodeForm(OneUseForm):
    """The code from a slip of paper."""

    token_purpose = USE
    code = PlainTextField(
        label=_("Your code"),
        help_text=_("Twelve letters and digits, for example K7TM-4XRD-9CHP."),
        max_length=LONGEST_TYPED,
        error_messages={"required": _("Type the code from your paper.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    is_own_device = forms.BooleanField(
        label=_("This is my own phone or computer: remember me here for two weeks"),
        help_text=_("Leave it empty in a library or at somebody else's. Then it is one hour."),
        required=False,
    )


class NewCodesForm(OneUseForm):
    """How many codes, for which city."""

    token_purpose = MAKE
    city: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("For people of"), queryset=City.objects.none(), empty_label=None
    )
    number = forms.IntegerField(
        label=_("How many codes"), min_value=1, max_value=MOST_AT_A_TIME, initial=30
    )
    note = PlainTextField(
        label=_("Where they are handed out"), max_length=LONGEST_NOTE, required=False
    )

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities


class WithdrawForm(OneUseForm):
    """Which slips of a sheet were lost; to say the same twice changes nothing."""

    token_purpose = WITHDRAW
    numbers = PlainTextField(
        label=_("Numbers of the slips, for example 4, 7-12"),
        max_length=200,
        required=False,  # the service says what is missing
    )
    is_sure = forms.BooleanField(
        label=_("I am sure: every code of this sheet that nobody has used is withdrawn"),
        required=False,
    )
