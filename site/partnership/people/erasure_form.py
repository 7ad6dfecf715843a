"""The forms that erase an account or a guest."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.people.erasure import ERASE
from partnership.people.forms import OneUseForm
from partnership.people.text_fields import PlainTextField

KEEP, GO = "keep", "go"


class GuestErasureForm(OneUseForm):
    """Nothing is chosen beforehand."""

    token_purpose = ERASE
    words = forms.ChoiceField(
        label=_("What shall become of what everybody can read?"),
        choices=(
            (KEEP, _("It stays, under the name “Former participant”")),
            (GO, _("It goes; replies of others stay")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what shall become of your words.")},
    )


class ErasureForm(GuestErasureForm):
    """The same for an account, whose address is typed: nobody gets here by accident."""

    email = PlainTextField(
        label=_("Your e-mail address"),
        help_text=_("Type it once more, so that nobody erases an account by accident."),
        max_length=254,
        error_messages={"required": _("Write your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
