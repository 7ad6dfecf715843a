"""What a guest gave, seen and erased with a fresh code to the address; nobody is signed in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.pages.languages import active
from partnership.people import another_code, guests
from partnership.people.copies import everything_about
from partnership.people.copy_files import as_download
from partnership.people.erasure import erase_guest
from partnership.people.erasure_form import KEEP, GuestErasureForm
from partnership.people.guest_forms import GuestCodeForm, OwnAddressForm
from partnership.people.guests import GuestDetails
from partnership.people.limits import TooManyCodes, count_code
from partnership.people.models import Participant
from partnership.people.own_links import address_of
from partnership.people.tokens import TokenAlreadySpent

PURPOSE = "people.own"


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, key: str = "") -> HttpResponse:
    """Ask for the address, unless the link of a mail tells it, and send a code there."""
    known = address_of(key)
    given = {"email": known} if known else request.POST
    form = OwnAddressForm(given if request.method == "POST" else None)
    if form.is_valid():
        try:
            _send_code(request, form.cleaned_data["email"])
        except TooManyCodes as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("guest_own_code")
    status = 422 if form.is_bound else 200
    return render(request, "people/own.html", {"form": form, "is_known": known}, status=status)


def _send_code(request: HttpRequest, email: str) -> None:
    count_code(request, email)
    details = GuestDetails(email=email, name="", city=None, language_code=active())
    guests.ask(request.session, details, purpose=PURPOSE)


@require_http_methods(["GET", "POST"])
def own_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the mail; with it everything is shown that the address gave."""
    email = guests.asked(request.session, purpose=PURPOSE)
    if not email:
        another_code.say_nothing_waits(request)
        return redirect("guest_own")
    if another_code.is_asked_for(request):
        try:
            _send_code(request, email)
        except TooManyCodes as refusal:
            messages.warning(request, str(refusal))
        else:
            another_code.say_it_was_sent(request)
        return redirect("guest_own_code")
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _open(request, form)):
        return done
    context = {"form": form, "verify_form": form, "email": email, "can_resend": True}
    status = 422 if form.is_bound else 200
    return render(request, "people/own_code.html", context, status=status)


def _open(request: HttpRequest, form: GuestCodeForm) -> HttpResponse | None:
    """Where the code leads; None, with the reason on the form, for a wrong one."""
    try:
        guest = guests.confirm_known(
            request.session, purpose=PURPOSE, code=form.cleaned_data["code"]
        )
    except (guests.WrongCode, guests.CodeExpired) as refusal:
        form.add_error("code", str(refusal))
        return None
    except guests.AddressHasAccount as refusal:
        messages.info(request, str(refusal))
        return redirect("account_login")
    if guest is None:
        messages.info(request, _("This site holds nothing about this address."))
        return redirect("guest_own")
    return redirect("guest_own_everything")


@require_http_methods(["GET", "POST"])
def own_everything(request: HttpRequest) -> HttpResponse:
    """Show everything a guest gave; on POST hand it over as a file, or forget who asked."""
    guest = _guest_here(request)
    if guest is None:
        return redirect("guest_own")
    if "download" in request.POST:
        return as_download(guest)
    if request.method == "POST":
        guests.forget(request.session)
        messages.success(request, _("Done. The next person at this device starts anew."))
        return redirect("guest_own")
    context = {"sections": everything_about(guest)}
    return render(request, "people/own_everything.html", context)


@require_http_methods(["GET", "POST"])
def own_erase(request: HttpRequest) -> HttpResponse:
    """Erase a guest after a second thought."""
    guest = _guest_here(request)
    if guest is None:
        return redirect("guest_own")
    form = GuestErasureForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _erase(request, guest, form):
        messages.success(request, _("Your name and address are erased. Thank you for taking part."))
        return redirect(f"/{translation.get_language()}/")
    context: dict[str, Any] = {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "people/own_erase.html", context, status=status)


def _erase(request: HttpRequest, guest: Participant, form: GuestErasureForm) -> bool:
    """Whether it was done; the session goes with everything that was typed in it."""
    try:
        form.attempt(
            erase_guest,
            guest,
            email=guests.present_address(request.session, purpose=PURPOSE),
            keep_words=form.cleaned_data["words"] == KEEP,
            form_token=form.cleaned_data["form_token"],
        )
    except TokenAlreadySpent as refusal:
        form.add_error(None, str(refusal))
    if not form.is_valid():
        return False
    request.session.flush()
    return True


def _guest_here(request: HttpRequest) -> Participant | None:
    """Whoever confirmed the address in this session a moment ago, and is still a guest."""
    key = guests.present(request.session, purpose=PURPOSE)
    if key is None:
        return None
    guests_only = Participant.objects.filter(resident=None).select_related("contact__city")
    return guests_only.filter(pk=key).first()
