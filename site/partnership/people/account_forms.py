"""Allauth's forms with our words: one label per thing, no placeholders, passwords typed once."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.userkit import filter_users_by_email
from allauth.core import context, ratelimit
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from partnership.people import no_waiting
from partnership.people.attempts import Attempts
from partnership.people.text_fields import MailboxField

#: As many as allauth counts in the session, of one request at a time.
AT_A_CODE = Attempts("account.code", most=5, seconds=30 * 60)
#: At all codes that were asked for with one address, in whatever browser: six codes of them.
AT_AN_ADDRESS = Attempts("account.address", most=6 * AT_A_CODE.most, seconds=3600)
LABELS = {
    "email": _("E-mail address"),
    "login": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password until now"),
    "password1": _("New password"),
    "code": _("Code from the mail"),
}
REQUIRED = {
    "email": _("Write your e-mail address."),
    "login": _("Write your e-mail address."),
    "password": _("Write your password."),
    "oldpassword": _("Write the password you have used until now."),
    "password1": _("Write a new password."),
    "code": _("Write the code we sent you."),
}
INVALID_ADDRESS = _("Write an e-mail address like name@example.org.")
PASSWORD_HINT = _("At least 10 characters. A short sentence works well.")


class OurWords:
    """Puts our labels, hints and messages on allauth's fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name not in LABELS:
                continue
            field.label = LABELS[name]
            field.help_text = PASSWORD_HINT if name == "password1" else ""
            field.error_messages["required"] = REQUIRED[name]
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = INVALID_ADDRESS
                self.fields[name] = _in_one_spelling(field)
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "maxlength": 20}


def _in_one_spelling(field: forms.EmailField) -> MailboxField:
    return MailboxField(
        label=field.label,
        widget=field.widget,
        required=field.required,
        max_length=field.max_length,
        error_messages=field.error_messages,
    )


class SignInForm(OurWords, allauth_forms.LoginForm):
    """E-mail address and password."""


class JoinForm(OurWords, allauth_forms.SignupForm):
    """A new account. Whether the address is known already, the answer is the same."""

    field_order = ("name", "email", "city", "language_code", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("We send a code there. It is never shown.")
        password = self.fields["password1"]
        password.label = _("Password")
        password.help_text = _(
            "At least 10 characters. Without one, you sign in with a code we send you."
        )
        trap = self.fields["leave_this_empty"]
        trap.label = _("Leave this empty")
        trap.widget.attrs = {"tabindex": "-1", "autocomplete": "off"}

    def try_save(self, request: HttpRequest) -> tuple[Any, HttpResponse | None]:
        """Make the account, or do what looks the same: for robots and for known addresses."""
        if self.cleaned_data["leave_this_empty"]:
            return None, _pretend(request, self.cleaned_data["email"])
        if not self.cleaned_data.get("password1"):
            make_password("none")  # joining takes as long with one as without
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    return super().try_save(request)
            except IntegrityError:  # the same form, sent twice at the same moment
                self.account_already_exists = True
        if unfinished := self._same_account_unfinished():
            return unfinished, None
        return super().try_save(request)

    def _same_account_unfinished(self) -> Any:
        """Return the account of a form that was sent before, if nobody has confirmed it yet.

        The password must be the same, so nobody can take over what somebody else began.
        Either way a password is hashed once, so that known addresses answer no faster.
        """
        password = self.cleaned_data.get("password1")
        residents = get_user_model().objects.filter(email=self.cleaned_data["email"])
        resident = residents.exclude(emailaddress__verified=True).first()
        if not password:
            return resident if resident and not resident.has_usable_password() else None
        if resident and resident.has_usable_password():
            return resident if resident.check_password(password) else None
        make_password(password)
        return None


def _pretend(request: HttpRequest, email: str) -> HttpResponse:
    """Show a robot the page for the code, send nothing and keep nothing but its session."""
    state = EmailVerificationProcess.initial_state(None, email)
    process = EmailVerificationProcess(request=request, state=state)
    process.generate_code()
    process.persist()
    return get_adapter(request).respond_email_verification_sent(request, None)


class NewAddressForm(OurWords, allauth_forms.AddEmailForm):
    """Another e-mail address for the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(OurWords, allauth_forms.ChangePasswordForm):
    """A new password, given the old one."""


class FirstPasswordForm(OurWords, allauth_forms.SetPasswordForm):
    """The first password of an account that signed in by code."""


class ForgottenPasswordForm(OurWords, allauth_forms.ResetPasswordForm):
    """Where to send the code that allows a new password."""


class NewPasswordForm(OurWords, allauth_forms.ResetPasswordKeyForm):
    """A new password, after the code."""


class ConfirmPasswordForm(OurWords, allauth_forms.ReauthenticateForm):
    """The password once more, before what protects the account is changed."""


class AskForCodeForm(OurWords, allauth_forms.RequestLoginCodeForm):
    """Where to send the code to sign in with."""

    def clean_email(self) -> str:
        """Count for a reader of the address what a reader asks for, and not what others did."""
        request, email = context.request, self.cleaned_data["email"]
        counted_for = no_waiting.whose(request.session, email)
        if counted_for == email:
            whole: str = super().clean_email()
            return whole
        if not ratelimit.consume(request, action="request_login_code", key=counted_for):
            raise get_adapter().validation_error("too_many_login_attempts")
        found = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
        self._user = found[0] if found else None
        return str(email)


class CountsAttempts:
    """Counts every attempt at the code of a mail before it is looked at.

    It counts for the code, and for the address whether it has an account or not: beginning anew
    in another browser leaves nobody more attempts. Who types the right code has proven it.
    """

    expected_code: str | None
    email: str | None = None

    def __init__(self, *args: Any, sent_to: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = sent_to or self.email

    def clean_code(self) -> str:
        sent_in = getattr(context.request, "session", None)
        of_whom = f"{sent_in.session_key if sent_in else ''}:{self.expected_code}"
        may_try, counted_for = AT_A_CODE.count(of_whom), no_waiting.whose(sent_in, self.email)
        if not AT_AN_ADDRESS.count(counted_for):
            raise get_adapter().validation_error("too_many_codes_tried")
        if not may_try:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        AT_AN_ADDRESS.forget(counted_for)
        return code


class SignInCodeForm(CountsAttempts, OurWords, allauth_forms.ConfirmLoginCodeForm):
    """The code to sign in with."""


class ConfirmCodeForm(CountsAttempts, OurWords, allauth_forms.ConfirmReauthenticationCodeForm):
    """The code from whoever is signed in and has no password to say once more."""


class ResetCodeForm(CountsAttempts, OurWords, allauth_forms.ConfirmPasswordResetCodeForm):
    """The code that allows a new password."""


class AddressCodeForm(CountsAttempts, OurWords, allauth_forms.ConfirmEmailVerificationCodeForm):
    """The code that confirms an address."""
