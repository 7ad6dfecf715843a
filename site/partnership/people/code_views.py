"""Allauth's pages for the code of a mail; their forms are told which address it went to."""

from typing import Any

from allauth.account import views as allauth_views


class TellsTheAddress:
    """Tells the form of a code the address it was asked for with, of an account or of nobody."""

    _process: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]  # of the view
        if "code" in kwargs:  # and not the button for another one
            kwargs["sent_to"] = self._process.state["email"]
        return kwargs


class SignInCodeView(TellsTheAddress, allauth_views.ConfirmLoginCodeView):
    """The code to sign in with."""


class ResetCodeView(TellsTheAddress, allauth_views.ConfirmPasswordResetCodeView):
    """The code that allows a new password."""
