"""The page where a newcomer types the code that was sent to the address their provider told."""

from allauth.socialaccount.internal.flows.signup import (
    clear_pending_signup,
    get_pending_signup,
    redirect_to_signup,
)
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.people import another_code, guests
from partnership.people.guest_forms import GuestCodeForm
from partnership.people.identity import proving
from partnership.people.identity.page import problem_page, too_late
from partnership.people.identity.problems import AddressKnown
from partnership.people.limits import TooManyCodes
from partnership.people.models import Resident


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the mail; with it the newcomer is asked what is left."""
    pending = get_pending_signup(request)
    if pending is None:
        another_code.say_nothing_waits(request)
        return redirect("account_login")
    if proving.is_old(pending):
        return too_late(request, pending)
    if not proving.is_needed(pending):
        return redirect("socialaccount_signup")
    if another_code.is_asked_for(request):
        return _sent(request, pending)
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _proven(request, pending, form)):
        return done
    return _shown(request, pending, form)


def _sent(request: HttpRequest, pending: SocialLogin) -> HttpResponse:
    is_another = proving.is_sent(request)
    try:
        proving.send_code(request, pending)
    except TooManyCodes as refusal:
        messages.warning(request, str(refusal))
    else:
        if is_another:
            another_code.say_it_was_sent(request)
    return redirect("identity_address")


def _proven(request: HttpRequest, pending: SocialLogin, form: GuestCodeForm) -> HttpResponse | None:
    """Where the code leads; None, with the reason on the form, for a wrong one.

    Only whoever reads the mails of an address is told that it has an account.
    """
    try:
        proving.prove(request, pending, form.cleaned_data["code"])
    except (guests.WrongCode, guests.AddressUsedUp) as refusal:
        form.add_error("code", str(refusal))
        return None
    except guests.CodeExpired:
        form.add_error("code", _("This code is too old, or was tried too often. Have a new one."))
        return None
    if Resident.objects.filter(email__iexact=pending.user.email).exists():
        clear_pending_signup(request)
        return problem_page(request, AddressKnown(), pending.provider, pending.state)
    onward: HttpResponse = redirect_to_signup(request, pending)
    return onward


def _shown(request: HttpRequest, pending: SocialLogin, form: GuestCodeForm) -> HttpResponse:
    context = {
        "form": form,
        "verify_form": form,
        "email": pending.state[proving.UNPROVEN],
        "provider_name": pending.provider.name,
        "is_sent": proving.is_sent(request),
        "can_resend": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "account/confirm_told_address.html", context, status=status)
