"""Take a place, give it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.listing import mark_kind
from events.models import EventPage
from events.registrations.forms import SignUpForm
from events.registrations.models import Registration
from events.registrations.refusals import CannotCancel, refusal_for
from events.registrations.services import cancel, sign_up
from events.views import find_event
from partnership.pages.languages import active
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_to_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, with what was chosen on the event's page; take the place on POST."""
    event = find_event(slug)
    if slug != event.slug_in(active()):
        return redirect(_with_query(event.sign_up_url, request))
    if request.method == "POST":
        return _take_place(request, event)
    form = _form(request, event)
    form.prefill({**request.GET.dict(), **request.session.pop(_kept(event), {})})
    return _show(request, event, form)


def _take_place(request: HttpRequest, event: EventPage) -> HttpResponse:
    form = _form(request, event, request.POST)
    if not request.user.is_authenticated:
        # The session ran out while the form was open: nothing of what was typed is lost.
        request.session[_kept(event)] = form.choices_made()
        return redirect_to_login(event.sign_up_url)
    if not form.is_valid():
        return _show(request, event, form, status=422)
    participant = Participant.objects.of(request.user)
    try:
        registration = form.attempt(sign_up, event, participant=participant, **form.cleaned_data)
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return redirect(event.get_url(request))
    if registration is None:
        return _show(request, event, form, status=409)
    messages.success(request, _("You have a place. We have sent you an e-mail with everything."))
    return redirect(event.get_url(request))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_place(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then give the place back; another resident's place is not found."""
    own = Registration.objects.of(request.user).select_related("event", "participant__resident")
    registration = get_object_or_404(own, code=code)
    if request.method == "POST":
        try:
            cancel(registration, by=request.user)
        except CannotCancel as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("Your place is free for somebody else. Thank you."))
        return redirect(registration.event.get_url(request))
    context = {"registration": registration, "event": registration.event}
    return render(request, "registrations/cancel.html", context)


def _form(request: HttpRequest, event: EventPage, data: Any = None) -> SignUpForm:
    home = request.user.city if request.user.is_authenticated else None
    return SignUpForm(data, event=event, home=home)


def _show(
    request: HttpRequest, event: EventPage, form: SignUpForm, *, status: int = 200
) -> HttpResponse:
    mark_kind(request, event)
    taken = event.count_places_taken()
    state = event.sign_up_state(taken)
    context = {
        "event": event,
        "taken": taken,
        "form": form,
        "refusal": None if form.is_bound else refusal_for(event, state),
        "registration": event.registrations.active().of(request.user).first(),
        "next": _with_query(event.sign_up_url, request),
    }
    return render(request, "registrations/sign_up.html", context, status=status)


def _with_query(address: str, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _kept(event: EventPage) -> str:
    """Return where the session keeps what somebody typed whose session had run out."""
    return f"registrations.typed.{event.pk}"
