"""Forms that take a code: of the app, or a recovery code."""

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib import messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnership.people.account_forms import OurWords
from partnership.people.attempts import Attempts
from partnership.people.models import Resident
from partnership.people.second_factor import services

#: A code has six digits only: allauth's five attempts in five minutes are too many for a week.
A_DAY = Attempts("second_step.day", most=30, seconds=24 * 3600)


class SetUpForm(OurWords, ActivateTOTPForm):
    """The first code, which shows that the app has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        self.fields["code"].error_messages["required"] = _("Write the code.")


class CodeForm(forms.Form):
    """A code from whoever is signed in and changes what protects the account."""

    code = forms.CharField(
        label=_("Code from the app, or a recovery code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code.")},
    )
    factor: Authenticator

    def __init__(self, *args: Any, user: Resident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_code(self) -> str:
        """Count the attempt, and use the code up."""
        forget_attempts, account = check_rate_limit(self.user), str(self.user.pk)
        if not A_DAY.count(account):
            raise get_adapter().validation_error("too_many_in_a_day")
        code = self.cleaned_data["code"]
        factor = services.use(self.user, code)
        if factor is None:
            raise get_adapter().validation_error("incorrect_code")
        forget_attempts()
        A_DAY.forget(account)
        self.factor = factor
        return code

    def save(self, *, is_again: bool = True) -> None:
        """Note in the session by what they proved who they are, once more or for the first time."""
        post_authentication(context.request, self.factor, reauthenticated=is_again)


class SecondStepForm(CodeForm):
    """The code that completes a sign-in."""

    def save(self, *, is_again: bool = False) -> None:
        super().save(is_again=is_again)
        codes = services.recovery_codes_of(self.user)
        if codes is None or self.factor.pk != codes.instance.pk:
            return
        left = len(codes.get_unused_codes())
        told = ngettext(
            "You signed in with a recovery code. %(left)s is left.",
            "You signed in with a recovery code. %(left)s are left.",
            left,
        )
        messages.warning(context.request, told % {"left": left})
