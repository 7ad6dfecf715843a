"""One's own place, from the link in the mail (which signs nobody in) or from the account."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.presenting import calendar_links, where_to_be
from events.registrations.forms import ChangeForm
from events.registrations.models import Registration, code_in
from events.registrations.presenting import answers_told, place_context
from events.registrations.refusals import LinkNotOurs, OfferExpired
from events.registrations.services import accept, cancel, change
from events.registrations.views.limits import asking_guardians
from partnership.people.tokens import TokenAlreadySpent
from partnership.refusals import Refused


def behind_the_link(view: Any) -> Any:
    """Find the place a link leads to, and say so when the link is not ours."""

    @never_cache
    @wraps(view)
    def find(request: HttpRequest, key: str) -> HttpResponse:
        try:
            code = code_in(key)
        except BadSignature:
            return _not_ours(request)
        found = Registration.objects.with_people().select_related("event")
        registration = found.filter(code=code).first()
        return view(request, registration) if registration else _not_ours(request)

    return find


def _not_ours(request: HttpRequest) -> HttpResponse:
    context = {"title": _("My place"), "sentence": str(LinkNotOurs())}
    return render(request, "registrations/sentence.html", context, status=404)


@behind_the_link
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show the place, the turn or the offer; take or pass on the offer on POST."""
    if request.method == "POST":
        _answer(request, registration)
        return redirect(registration.place_url)
    context = {
        **place_context(registration),
        "is_own_page": True,
        "answers": answers_told(registration),
        "ended": registration.is_offered and not registration.can_accept,
        "sentence": str(OfferExpired()),
    }
    if registration.is_registered and not registration.awaits_guardian:
        event = registration.event
        context |= where_to_be(event) | {"calendar_links": calendar_links(event)}
    return render(request, "registrations/place.html", context)


def _answer(request: HttpRequest, registration: Registration) -> None:
    try:
        if request.POST.get("action") == "accept":
            accept(registration)
            messages.success(
                request, _("You have a place. We have sent you an e-mail with everything.")
            )
        elif request.POST.get("action") == "decline" and registration.is_offered:
            cancel(registration)
            messages.success(request, _("The place goes to the next in line. Thank you."))
    except Refused as refusal:
        messages.info(request, str(refusal))


@behind_the_link
@require_http_methods(["GET", "HEAD", "POST"])
def change_place(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Show what was written when signing up; keep the changes on POST."""
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, registration=registration)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            is_news = "guardian_email" in form.changed_data
            service = asking_guardians(change, request) if is_news else change
            done = form.attempt(service, registration, **form.details())
        except TokenAlreadySpent as refusal:
            messages.info(request, str(refusal))
            return redirect(registration.place_url)
        if done:
            messages.success(request, _("Your change is saved."))
            return redirect(registration.place_url)
        status = 409
    context = {**place_context(registration), "form": form}
    return render(request, "registrations/change.html", context, status=status)


@behind_the_link
@require_http_methods(["GET", "HEAD", "POST"])
def give_back_place(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Ask once, then give the place back or leave the list."""
    if request.method == "POST":
        _cancel(request, registration, by=None)
        return redirect(registration.place_url)
    return render(request, "registrations/cancel.html", place_context(registration))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_place(request: HttpRequest, code: str) -> HttpResponse:
    """Ask once, then give the place back; another resident's place is not found."""
    own = Registration.objects.of(request.user).select_related("event", "participant__resident")
    registration = get_object_or_404(own, code=code)
    if request.method == "POST":
        _cancel(request, registration, by=request.user)
        return redirect(registration.event.get_url(request))
    return render(request, "registrations/cancel.html", place_context(registration))


def _cancel(request: HttpRequest, registration: Registration, *, by: Any) -> None:
    is_place = registration.is_registered
    try:
        cancel(registration, by=by)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        place_is_free = _("Your place is free for somebody else. Thank you.")
        messages.success(
            request, place_is_free if is_place else _("You are not on the waiting list any more.")
        )
