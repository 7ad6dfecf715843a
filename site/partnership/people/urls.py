"""Addresses of the account: the pages of allauth that we use, and our own."""

from typing import Any

from allauth.account import views as allauth_views
from django.db import transaction
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from partnership.people import another_code, guest_views, views
from partnership.people.code_views import (
    ForgottenPasswordView,
    ResetCodeView,
    SignInCodeView,
    need_not_wait,
)
from partnership.people.identity import views as identity
from partnership.people.identity.address import confirm_address
from partnership.people.identity.leaving import sign_out_there
from partnership.people.second_factor import views as second_step


def page(route: Any, view: Any, name: str) -> URLPattern:
    """A page that nobody but its reader may keep a copy of."""
    return path(route, never_cache(view), name=name)


account_urlpatterns = [
    page(_("account/details/"), views.details, "account_details"),
    page(_("account/erase/"), views.erase_account, "account_erase"),
    page(_("account/my-data/"), views.copy_of_my_data, "account_copy"),
    page(_("account/sign-in/"), allauth_views.login, "account_login"),
    page(
        _("account/sign-in/code/"), allauth_views.request_login_code, "account_request_login_code"
    ),
    page(
        _("account/sign-in/code/confirm/"),
        another_code.saying_so(SignInCodeView.as_view()),
        "account_confirm_login_code",
    ),
    page(_("account/sign-out/"), allauth_views.logout, "account_logout"),
    page(_("account/sign-out/of/<int:number>/"), sign_out_there, "identity_sign_out"),
    page(_("account/closed/"), allauth_views.account_inactive, "account_inactive"),
    # The account, its address and the mail with the code: all or none.
    page(_("account/join/"), transaction.atomic(allauth_views.signup), "account_signup"),
    page(_("account/address/"), allauth_views.email, "account_email"),
    page(
        _("account/address/confirm/"),
        another_code.saying_so(allauth_views.email_verification_sent),
        "account_email_verification_sent",
    ),
    page(_("account/password/"), allauth_views.password_change, "account_change_password"),
    page(_("account/password/first/"), allauth_views.password_set, "account_set_password"),
    page(
        _("account/password/forgotten/"), ForgottenPasswordView.as_view(), "account_reset_password"
    ),
    page(
        _("account/password/forgotten/code/"),
        ResetCodeView.as_view(),
        "account_confirm_password_reset_code",
    ),
    page(
        _("account/password/forgotten/new/"),
        allauth_views.complete_password_reset,
        "account_complete_password_reset",
    ),
    page(
        _("account/password/forgotten/done/"),
        allauth_views.password_reset_from_key_done,
        "account_password_reset_completed",
    ),
    page(_("account/sign-in/with/<int:number>/"), identity.start, "identity_start"),
    page(_("account/sign-in/with/<int:number>/done/"), identity.done, "identity_done"),
    page(_("account/join/details/"), identity.NewcomerView.as_view(), "socialaccount_signup"),
    page(_("account/join/address/"), confirm_address, "identity_address"),
    page(_("account/connected/"), identity.connections, "socialaccount_connections"),
    page(
        _("account/sign-in/second-step/"), second_step.SecondStepView.as_view(), "mfa_authenticate"
    ),
    page(_("account/confirm/"), allauth_views.reauthenticate, "account_reauthenticate"),
    page(
        _("account/confirm/code/"),
        allauth_views.request_reauthentication_code,
        "account_request_reauthentication_code",
    ),
    page(
        _("account/confirm/code/enter/"),
        another_code.saying_so(allauth_views.confirm_reauthentication_code),
        "account_confirm_reauthentication_code",
    ),
    page(
        _("account/confirm/second-step/"),
        second_step.ConfirmCodeView.as_view(),
        "mfa_reauthenticate",
    ),
    page(_("account/second-step/"), second_step.OverviewView.as_view(), "mfa_index"),
    page(
        _("account/second-step/set-up/"),
        second_step.SetUpView.as_view(),
        "mfa_activate_totp",
    ),
    page(
        _("account/second-step/turn-off/"),
        second_step.TurnOffView.as_view(),
        "mfa_deactivate_totp",
    ),
    page(
        _("account/second-step/recovery-codes/"),
        second_step.RecoveryCodesView.as_view(),
        "mfa_view_recovery_codes",
    ),
    page(
        _("account/second-step/recovery-codes/new/"),
        second_step.NewCodesView.as_view(),
        "mfa_generate_recovery_codes",
    ),
]

guest_urlpatterns = [
    page(_("guest/my-data/"), guest_views.own, "guest_own"),
    page(_("guest/my-data/of/<str:key>/"), guest_views.own, "guest_own_of"),
    page(_("guest/my-data/code/"), guest_views.own_code, "guest_own_code"),
    page(_("guest/my-data/everything/"), guest_views.own_everything, "guest_own_everything"),
    page(_("guest/my-data/erase/"), guest_views.own_erase, "guest_own_erase"),
]

urlpatterns = [
    *account_urlpatterns,
    *guest_urlpatterns,
    page(_("codes/of/<str:key>/"), need_not_wait, "no_waiting"),
    page(_("my-participation/"), views.my_participation, "my_participation"),
]
