"""What an account needs and a provider does not tell."""

from typing import Any

from allauth.socialaccount.forms import SignupForm
from django.utils.translation import gettext as _

from partnership.people.account_forms import OurWords
from partnership.people.models import Resident


class NewcomerForm(OurWords, SignupForm):
    """Name, city and language; the address is the one the provider has confirmed."""

    field_order = ("name", "city", "language_code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        values["email"] = self.sociallogin.user.email
        if Resident.objects.filter(email__iexact=values["email"]).exists():
            self.add_error(None, _("There is an account with this address by now. Sign in to it."))
        return values
