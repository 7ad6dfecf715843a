"""What a guest is asked for, and the code that proves the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.pages.languages import active
from partnership.people.account_forms import INVALID_ADDRESS, REQUIRED
from partnership.people.details import HomeCityField
from partnership.people.guests import GuestDetails
from partnership.people.text_fields import MailboxField, NameField

#: The names of the fields below, for forms that only sometimes ask for them.
GUEST_FIELDS = ("name", "email", "city")


class GuestFields(forms.Form):
    """Name, address and home city; mails go out in the language of the page."""

    name = NameField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Readers never see it."),
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = MailboxField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a code there. It is never shown."),
        error_messages={"required": REQUIRED["email"], "invalid": INVALID_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    city = HomeCityField()

    def guest_details(self) -> GuestDetails:
        """Return what was told, in the language being read."""
        told: dict[str, Any] = {name: self.cleaned_data[name] for name in GUEST_FIELDS}
        return GuestDetails(**told, language_code=active())


class OwnAddressForm(forms.Form):
    """Which address somebody wants to see everything about."""

    email = MailboxField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send a code there. It is never shown."),
        error_messages={"required": REQUIRED["email"], "invalid": INVALID_ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class GuestCodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        error_messages={"required": REQUIRED["code"]},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
