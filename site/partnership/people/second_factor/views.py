"""The pages of the second step."""

from textwrap import wrap
from typing import Any
from urllib.parse import quote

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_stage_required
from allauth.account.views._reauthenticate import BaseReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from partnership.people.second_factor import services
from partnership.people.second_factor.forms import CodeForm, SecondStepForm
from partnership.people.second_factor.middleware import WANTED
from partnership.people.second_factor.stage import SecondStep

#: Also leads visitors to the sign-in and back.
once_more = method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
in_between = method_decorator(
    login_stage_required(stage=SecondStep.key, redirect_urlname="account_login"), name="dispatch"
)


@in_between
class SecondStepView(FormView):
    """Asks for the code of whoever has proved everything else."""

    form_class = SecondStepForm
    template_name = "mfa/authenticate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.stage = request._login_stage
        if not self.stage.login.user.has_second_factor:
            return self.stage.exit()  # it was taken away meanwhile
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.stage.login.user}

    def form_valid(self, form: SecondStepForm) -> HttpResponse:
        form.save()
        return self.stage.exit()


class ConfirmCodeView(LoginRequiredMixin, BaseReauthenticateView):
    """Asks for a code once more before something that protects the account changes."""

    reauthentication_method = "mfa"
    form_class = CodeForm
    template_name = "mfa/reauthenticate.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: CodeForm) -> HttpResponse:
        form.save()
        return super().form_valid(form)


class OverviewView(LoginRequiredMixin, TemplateView):
    """Whether the account has a second step, and what can be done about it."""

    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        codes = services.recovery_codes_of(user)
        return super().get_context_data(**kwargs) | {
            "is_on": user.has_second_factor,
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "is_missing": services.is_missing(user),
        }


class SetUpView(ActivateTOTPView):
    """The key for the app, and the first code from it, which is used up by that."""

    success_url = reverse_lazy("mfa_view_recovery_codes")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead on whoever has it already: the form was sent twice."""
        if request.user.is_authenticated and request.user.has_second_factor:
            return redirect(self.success_url)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return found | {"key": " ".join(wrap(found["form"].secret, 4))}

    def form_valid(self, form: Any) -> HttpResponse:
        code = form.cleaned_data["code"]
        if services.set_up(self.request.user, key=form.secret, code=code):
            messages.success(self.request, _("The second step is on."))
        clear_totp_secret(self.request)
        return redirect(self.success_url)


@once_more
class RecoveryCodesView(TemplateView):
    """The codes, shown once, to be printed or kept as a file."""

    template_name = "mfa/recovery_codes/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        kept = services.recovery_codes_of(self.request.user)
        if kept is None:
            return found
        codes = [f"{code[:4]} {code[4:]}" for code in kept.get_unused_codes()]
        if kept.did_view:
            return found | {"codes_left": len(codes)}
        kept.mark_as_viewed()
        return found | self._as_papers(codes)

    def _as_papers(self, codes: list[str]) -> dict[str, Any]:
        account, site = self.request.user.email, get_adapter().get_totp_issuer()
        about = _("Recovery codes of %(account)s at %(site)s. Each works once.")
        about = about % {"account": account, "site": site}
        written = quote("\n".join((about, "", *codes, "")))
        return {
            "codes": codes,
            "about": about,
            "file_url": f"data:text/plain;charset=utf-8,{written}",
            "onward_url": self.request.session.pop(WANTED, "") or reverse("mfa_index"),
        }


@once_more
class NewCodesView(FormView):
    """Other recovery codes; the old ones work no more."""

    form_class = Form
    template_name = "mfa/recovery_codes/generate.html"
    success_url = reverse_lazy("mfa_view_recovery_codes")

    def form_valid(self, form: Form) -> HttpResponse:
        services.renew_recovery_codes(self.request.user)
        return super().form_valid(form)


@once_more
class TurnOffView(FormView):
    """No second step any more; sent twice, it is off once."""

    form_class = Form
    template_name = "mfa/totp/deactivate_form.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Form) -> HttpResponse:
        if services.turn_off(self.request.user):
            messages.success(self.request, _("The second step is off."))
        return super().form_valid(form)
