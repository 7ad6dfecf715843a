"""The code of the mail: with it everything counts that was held until then."""

from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.models import ConsultationPage
from consultations.taking_part import purpose_of
from consultations.typed import SIGN_IN, keep_typed
from consultations.views import at_own_address, find_consultation
from consultations.visiting import holding
from consultations.visiting.forms import GuestForm, of_its_cities
from consultations.visiting.words import words_for
from partnership.people import another_code, guests
from partnership.people.guest_forms import GuestCodeForm
from partnership.people.limits import TooManyCodes, count_code
from partnership.people.models import Participant

#: The button of whoever lets somebody else to the device.
FINISH = "finish"


@at_own_address("guest_url")
def confirm_address(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Ask a guest for the code, then count what is held; or forget who it was."""
    if FINISH in request.POST:
        return _finish(request, consultation)
    waiting = holding.held(request, consultation)
    if not waiting:
        another_code.say_nothing_waits(request)
        return redirect(consultation.get_url(request))
    if another_code.is_asked_for(request):
        _send_another(request, consultation, waiting)
        return redirect(consultation.guest_url)
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            guest = guests.confirm(
                request.session,
                purpose=purpose_of(consultation),
                code=form.cleaned_data["code"],
            )
        except (guests.WrongCode, guests.AddressUsedUp) as refusal:
            form.add_error("code", str(refusal))
        except guests.CodeExpired:  # there is no form to send again here
            form.add_error(
                "code", _("This code is too old. Nothing is lost: have another one sent.")
            )
        else:
            return _count(request, consultation, waiting, guest)
    return _show(request, consultation, form, waiting)


@never_cache
@require_POST
def sign_in_first(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what a guest has typed for its form, and lead to the account; nothing is sent."""
    consultation = find_consultation(slug)
    address = request.POST.get(SIGN_IN, "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return redirect_to_login(consultation.get_url(request))
    # Anonymous answers are written down nowhere.
    if not (consultation.is_anonymous and urlsplit(address).path == consultation.answer_url):
        keep_typed(request, address)
    return redirect_to_login(address)


def _finish(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    guests.forget(request.session)
    holding.drop(request, consultation)
    messages.success(request, _("Done. The next person at this device starts anew."))
    return redirect(consultation.get_url(request))


def _show(
    request: HttpRequest,
    consultation: ConsultationPage,
    form: GuestCodeForm,
    waiting: dict[str, holding.Held],
) -> HttpResponse:
    last = list(waiting.values())[-1]
    newest = holding.typed_in(last)
    request.slug_owner = consultation  # for language_links()
    context: dict[str, Any] = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "form": form,
        "verify_form": form,
        "email": newest.get("email", ""),
        "words": words_for(waiting),
        "opens_questions": last["path"] == consultation.answer_url,
        "can_resend": True,
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/guest_code.html", context, status=status)


def _send_another(
    request: HttpRequest, consultation: ConsultationPage, waiting: dict[str, holding.Held]
) -> None:
    """Send a new code to the address that was written last."""
    typed = holding.typed_in(list(waiting.values())[-1])
    details = of_its_cities(consultation, GuestForm(typed))
    if not details.is_valid():
        return
    try:
        count_code(request, details.cleaned_data["email"])
    except TooManyCodes as refusal:
        messages.warning(request, str(refusal))
    else:
        purpose = purpose_of(consultation)
        told = details.guest_details()
        guests.ask(request.session, told, purpose=purpose, about=consultation.title)
        another_code.say_it_was_sent(request)


def _count(
    request: HttpRequest,
    consultation: ConsultationPage,
    waiting: dict[str, holding.Held],
    guest: Participant,
) -> HttpResponse:
    """Send on everything that was held; of what is refused by now the first is shown again."""
    if guest.resident is not None and guest.resident.needs_two_keys:
        guests.forget(request.session)
        messages.info(
            request, _("This address has an account that signs in with two keys. Sign in first.")
        )
        return redirect_to_login(consultation.get_url(request))
    holding.drop(request, consultation)
    words = words_for(waiting)
    messages.success(request, words.sent if words else _("Your address is confirmed."))
    answers = [holding.send_again(request, entry) for entry in waiting.values()]
    refused = [answer for answer in answers if answer.status_code >= 400]
    return refused[0] if refused else _from_the_top(answers[-1])


def _from_the_top(answer: HttpResponse) -> HttpResponse:
    """Lead to the top of the page, where it is said what became of everything."""
    if "Location" in answer:
        answer["Location"] = urldefrag(answer["Location"]).url
    return answer
