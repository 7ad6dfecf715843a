"""How allauth talks to residents: in our words, in their language, through the outbox."""

from datetime import timedelta
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from partnership.mailboxes import spelled
from partnership.outbox import services as outbox
from partnership.pages import languages
from partnership.people.identity import leaving
from partnership.people.models import Resident
from partnership.people.second_factor.stage import THEIRS, SecondStep

#: Allauth's mails, and ours that is sent instead (templates/emails/<ours>.*).
MAILS = {
    "account/email/email_confirmation_signup": "account/confirm_address",
    "account/email/email_confirmation": "account/confirm_address",
    "account/email/login_code": "account/sign_in_code",
    "account/email/password_reset_code": "account/password_code",
    "account/email/account_already_exists": "account/already_joined",
    "account/email/unknown_account": "account/no_account",
    "account/email/email_changed": "account/address_changed",
    "account/email/password_changed": "account/password_changed",
    "account/email/password_reset": "account/password_changed",
    "account/email/password_set": "account/password_changed",
    "socialaccount/email/account_connected": "account/identity_connected",
}
CONFIRM_BY_CODE = "account/confirm_code"  # like the code to sign in, for who is in already
BY_MAIL = "reauthenticate_by_code"  # what allauth calls it
#: What is said on the next page; whatever is not named here is not said at all.
MESSAGES = {
    "account/messages/logged_out.txt": _("You have signed out."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("This address could not be confirmed."),
    "account/messages/email_deleted.txt": _("The address was not changed."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is set."),
    "socialaccount/messages/account_connected.txt": _("You can sign in with it from now on."),
    "socialaccount/messages/account_connected_updated.txt": _(
        "You can sign in with it from now on."
    ),
    "socialaccount/messages/account_connected_other.txt": _(
        "It was not connected: another account here belongs to it."
    ),
}


class AccountAdapter(DefaultAccountAdapter):
    """Every account mail goes through the outbox; no sentence of allauth's own is shown."""

    error_messages = {  # noqa: RUF012 - the base class's shape
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is the address you have already."),
        "email_password_mismatch": _(
            "The e-mail address and the password do not match. You can also sign in with a code."
        ),
        "email_taken": _("This address cannot be used."),
        "enter_current_password": _("This is not your password until now."),
        "incorrect_code": _("This is not the code we sent. Look at the newest mail."),
        "incorrect_password": _("This is not your password."),
        "invalid_or_expired_key": _("This code is too old. Ask for a new one."),
        "invalid_login": _("Write your e-mail address."),
        "invalid_password_reset": _("This code is too old. Ask for a new one."),
        "max_email_addresses": _("This address cannot be added."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes, then try again."),
        "too_many_codes_tried": _(
            "Too many wrong codes were typed for this address. Wait an hour. If it was not you, the"
            " newest mail with a code has a link with which you need not wait."
        ),
        "unknown_email": _("Write an e-mail address like name@example.org."),
        "unverified_primary_email": _("Confirm your e-mail address first."),
        "cannot_remove_primary_email": _("You cannot remove your only address."),
        "same_as_current": _("This is the address you have already."),
        "rate_limited": _("Too many attempts. Wait a few minutes, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        """Put our own second step in the place of allauth's, which stays the last."""
        ours = f"{SecondStep.__module__}.{SecondStep.__qualname__}"
        return [ours if stage == THEIRS else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Resident) -> list[dict[str, Any]]:
        """A code by mail is for whoever has neither a password nor a second step."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        others = [way for way in ways if way["id"] != BY_MAIL]
        return others or ways

    def clean_email(self, email: str) -> str:
        return spelled(super().clean_email(email))

    def save_user(
        self, request: HttpRequest, user: Resident, form: Any, commit: bool = True
    ) -> Resident:
        for name, value in form.details().items():
            setattr(user, name, value)
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail in the resident's language, or the page's for somebody unknown."""
        lifetime = _code_lifetimes().get(template_prefix)
        is_inside = context.get("reauthentication", False)
        outbox.post(
            CONFIRM_BY_CODE if is_inside else MAILS[template_prefix],
            to=email,
            language_code=_language_of(email),
            context={
                "code": context.get("code", ""),
                "minutes": lifetime // 60 if lifetime else 0,
                "email": email,
                "new_address": context.get("to_email", ""),
                "provider": getattr(context.get("provider"), "name", ""),
            },
            expires_at=timezone.now() + timedelta(seconds=lifetime) if lifetime else None,
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: Any = None,
    ) -> None:
        words = message or MESSAGES.get(message_template or "")
        if words:
            super().add_message(request, level, extra_tags=extra_tags, message=str(words))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """My participation, in the resident's language; a ``next`` goes before this."""
        with translation.override(languages.known_or_active(request.user.language_code)):
            return reverse("my_participation")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        if self.request.user.is_authenticated:
            return reverse("account_details")
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_details")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return leaving.onward_address(request) or f"/{languages.active()}/"


def _code_lifetimes() -> dict[str, int]:
    """Seconds during which the code of a mail can be used."""
    return {
        "account/email/email_confirmation_signup": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        "account/email/email_confirmation": app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
        "account/email/login_code": app_settings.LOGIN_BY_CODE_TIMEOUT,
        "account/email/password_reset_code": app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT,
    }


def _language_of(email: str) -> str:
    """Return the language of whoever has this address; asked for unknown ones too, as long."""
    known = (
        Resident.objects.filter(email=spelled(email))
        .values_list("language_code", flat=True)
        .first()
    )
    return languages.known_or_active(known)
