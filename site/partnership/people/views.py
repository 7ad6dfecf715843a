"""The resident's own pages: what they did, and what we know about them."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partnership.interface import context
from partnership.pages import languages
from partnership.pages.views import preferred_language
from partnership.people import participation, services
from partnership.people.asking_again import asks_who_it_is
from partnership.people.copy_files import as_download
from partnership.people.details import DetailsForm
from partnership.people.erasure import erase
from partnership.people.erasure_form import KEEP, ErasureForm
from partnership.people.limits import TooManyCodes
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent


@login_required
@require_safe
def my_participation(request: HttpRequest) -> HttpResponse:
    """Show the places, answers, comments and votes of whoever is signed in."""
    participant = Participant.objects.for_request(request).first()
    here = {city.pk: city for city in context.once(request, context.cities)}
    if request.user.city_id in here:  # at hand already: nobody asks for it again
        request.user.city = here[request.user.city_id]
    sections = participation.sections_of(request, participant)
    return render(request, "people/my_participation.html", {"sections": sections})


@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Show and change name, city, language and organisation."""
    form = DetailsForm(request.POST or None, resident=request.user)

    if form.is_valid():
        services.change_details(request.user, **form.details())
        with translation.override(request.user.language_code):
            messages.success(request, _("Your details are saved."))
            return redirect(reverse("account_details"))

    status = 422 if form.is_bound else 200
    return render(request, "people/details.html", {"form": form}, status=status)


@asks_who_it_is
@require_http_methods(["GET", "POST"])
def erase_account(request: HttpRequest) -> HttpResponse:
    """Erase the account of whoever is signed in, after a second thought."""
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        asked = form.cleaned_data
        keep_words = asked["words"] == KEEP
        try:
            form.attempt(
                erase,
                request.user,
                keep_words=keep_words,
                email=asked["email"],
                form_token=asked["form_token"],
            )
        except TokenAlreadySpent as refusal:
            form.add_error(None, str(refusal))
    if form.is_bound and form.is_valid():
        logout(request)
        messages.success(request, _("Your account is erased. Thank you for taking part."))
        return redirect(f"/{translation.get_language()}/")

    status = 422 if form.is_bound else 200
    context = {"form": form, "months": settings.UNUSED_ACCOUNT_MONTHS}
    return render(request, "people/erase.html", context, status=status)


@asks_who_it_is
@require_http_methods(["GET", "POST"])
def copy_of_my_data(request: HttpRequest) -> HttpResponse:
    """Say what is in the file with everything about whoever is signed in; make it on POST."""
    if request.method == "POST" and ratelimit.consume(request, action="own_copy"):
        own = Participant.objects.for_request(request).first()
        return as_download(own or Participant(resident=request.user))

    is_refused = request.method == "POST"
    refusal = str(TooManyCodes()) if is_refused else ""
    status = 429 if is_refused else 200
    return render(request, "people/copy_page.html", {"refusal": refusal}, status=status)


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead whoever wants into the admin to the sign-in of everybody, and back."""
    if request.user.is_authenticated:
        # Signed in and sent here all the same: this account may not enter.
        with translation.override(languages.known_or_active(request.user.language_code)):
            messages.warning(request, _("Your account has no access to the editing screens."))
            return redirect("my_participation")
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    # The editing screens have one address for all: it does not say in which language to ask.
    code = preferred_language(request.headers.get("Accept-Language", ""))
    with translation.override(languages.known_or_active(code)):
        response = redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")
    patch_vary_headers(response, ("Accept-Language",))
    return response
