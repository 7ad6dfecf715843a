"""Pages for the code of a mail: allauth's, told which address it went to, and a way past others."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.people import no_waiting


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


class ForgottenPasswordView(allauth_views.PasswordResetView):
    """Where to send the code that allows a new password."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Count for a reader of the address what a reader asks for, and not what others did."""
        counted_for = no_waiting.whose(self.request.session, form.cleaned_data["email"])
        if not ratelimit.consume(self.request, action="reset_password", key=counted_for):
            form.add_error("email", get_adapter().validation_error("too_many_login_attempts"))
            return self.form_invalid(form)
        form.save(self.request)
        return redirect(self.get_success_url())


class ResetCodeView(TellsTheAddress, allauth_views.ConfirmPasswordResetCodeView):
    """The code that allows a new password."""


@require_http_methods(["GET", "HEAD", "POST"])
def need_not_wait(request: HttpRequest, key: str) -> HttpResponse:
    """Say what the link of a mail is for; on POST count this browser apart from others."""
    address = no_waiting.address_in(key)
    if request.method == "POST" and address:
        no_waiting.remember(request.session, address)
        words = _(
            "This browser need not wait any more. Have a new code sent: here, or where you took"
            " part without an account."
        )
        messages.success(request, words)
        return redirect("account_request_login_code")
    status = 200 if address else 410
    return render(request, "people/no_waiting.html", {"is_good": address}, status=status)
