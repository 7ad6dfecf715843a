"""Take a place: with an account at once, as a guest after a code from a mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.listing import mark_kind
from events.models import EventPage
from events.registrations.forms import GuestSignUpForm, SignUpForm
from events.registrations.models import Registration
from events.registrations.presenting import can_only_wait, sign_up_context
from events.registrations.room import Room, position_of
from events.registrations.services import PURPOSE, sign_up
from events.registrations.views.limits import asking_guardians
from events.views import find_event
from partnership.pages.languages import active
from partnership.people import another_code, guests
from partnership.people.guest_forms import GuestCodeForm
from partnership.people.limits import TooManyCodes, count_code
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent
from partnership.session_room import fits, keep_typed

#: Where the session keeps what was typed, by event.
TYPED = "registrations.typed."
#: The button of whoever lets somebody else to the device.
FINISH = "finish"
#: The buttons that lead to an account with what was typed, and the pages they lead to.
ACCOUNT_WAYS = {"join": "account_signup", "sign_in": "account_login"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_to_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, with what was chosen on the event's page; take the place on POST."""
    event = request.slug_owner = find_event(slug)  # for language_links()
    if slug != event.slug_in(active()):
        return redirect(_with_query(event.sign_up_url, request))
    if request.method == "POST":
        return _take_place(request, event)
    form = _form(request, event)
    form.prefill(request.GET)
    if kept := _typed_before(request, event):
        form.prefill(_as_query(kept))
    return _show(request, event, form, is_kept=bool(kept))


def _take_place(request: HttpRequest, event: EventPage) -> HttpResponse:
    form = _form(request, event, request.POST)
    if way := ACCOUNT_WAYS.get(request.POST.get("account", "")):
        _keep(request, event, form)
        return redirect_to_login(event.sign_up_url, way)
    if not request.user.is_authenticated and "email" not in request.POST:
        # The session ran out while the form was open: nothing of what was typed is lost.
        _keep(request, event, form)
        return redirect_to_login(event.sign_up_url)
    if not form.is_valid():
        return _show(request, event, form, status=422)
    if request.user.is_authenticated:
        return _finish(request, event, form, Participant.objects.of(request.user))
    email = form.cleaned_data["email"]
    if guests.confirmed(request.session, purpose=_purpose(event), email=email):
        # Name and city as they are told now, after a refusal that showed the form again.
        return _finish(request, event, form, guests.recognise(form.guest_details()))
    return _send_code(request, event, form)


# Guests ----------------------------------------------------------------------------------


def _send_code(request: HttpRequest, event: EventPage, form: GuestSignUpForm) -> HttpResponse:
    try:
        count_code(request, form.cleaned_data["email"])
    except TooManyCodes as refusal:
        form.add_error(None, str(refusal))
        return _show(request, event, form, status=429)
    _keep(request, event, form)
    told, purpose = form.guest_details(), _purpose(event)
    guests.ask(request.session, told, purpose=purpose, about=event.title)
    return redirect("event_sign_up_code", event.slug_in(active()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a guest for the code of the mail, then take the place with what was typed before."""
    event = request.slug_owner = find_event(slug)  # for language_links()
    if FINISH in request.POST:
        return _forget(request, event)
    kept = _typed_before(request, event)
    email = guests.asked(request.session, purpose=_purpose(event))
    if not (kept and email):
        return _lead_back(request, event)
    typed = GuestSignUpForm(_as_query(kept), event=event)
    if another_code.is_asked_for(request) and typed.is_valid():
        return _send_another(request, event, typed)
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        is_whole = typed.is_valid()
        try:
            guest = guests.confirm(
                request.session,
                purpose=_purpose(event),
                code=form.cleaned_data["code"],
                at_hand=typed.cleaned_data.get("city"),
            )
        except guests.CodeExpired as refusal:
            messages.info(request, str(refusal))
            return redirect(event.sign_up_url)
        except guests.WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            return (
                _finish(request, event, typed, guest)
                if is_whole
                else _show(request, event, typed, status=422)
            )
    return _show_code(request, event, form, email, status=422 if form.is_bound else 200)


def _send_another(request: HttpRequest, event: EventPage, typed: GuestSignUpForm) -> HttpResponse:
    """Send a new code; where that was done too often, the one in the newest mail stays good."""
    email = typed.cleaned_data["email"]
    try:
        count_code(request, email)
    except TooManyCodes as refusal:
        messages.warning(request, str(refusal))
        return _show_code(request, event, GuestCodeForm(), email, status=429)
    told, purpose = typed.guest_details(), _purpose(event)
    guests.ask(request.session, told, purpose=purpose, about=event.title)
    another_code.say_it_was_sent(request)
    return redirect("event_sign_up_code", event.slug_in(active()))


def _show_code(
    request: HttpRequest, event: EventPage, form: GuestCodeForm, email: str, *, status: int
) -> HttpResponse:
    context = {"event": event, "form": form, "verify_form": form, "email": email}
    context |= {"can_resend": True, "waits": can_only_wait(Room.at(event), request.user)}
    return render(request, "registrations/code.html", context, status=status)


def _forget(request: HttpRequest, event: EventPage) -> HttpResponse:
    guests.forget(request.session, purpose=_purpose(event))
    request.session.pop(_kept(event), None)
    messages.success(request, _("Done. The next person at this device starts anew."))
    return redirect(event.url_in(active()))


def _lead_back(request: HttpRequest, event: EventPage) -> HttpResponse:
    """To the place this browser has just taken, as after a double click; else to the form."""
    code = request.session.get(_done(event))
    taken = Registration.objects.filter(event=event, code=code).first() if code else None
    if taken is None:
        another_code.say_nothing_waits(request)
    return redirect(taken.place_url if taken else event.sign_up_url)


# Both ------------------------------------------------------------------------------------


def _finish(
    request: HttpRequest, event: EventPage, form: SignUpForm, participant: Participant
) -> HttpResponse:
    """Take the place; where there is one already, lead to it.

    A code sent to the address is not enough to act for an account that signs in with two keys.
    """
    resident = None if request.user.is_authenticated else participant.resident
    if resident is not None and resident.needs_two_keys:
        return _sign_in_first(request, event)
    try:
        service = asking_guardians(sign_up, request)
        registration = form.attempt(service, event, participant=participant, **form.details())
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return _lead_on(request, event, participant)
    if registration is None:
        if participant.is_guest and _has_place(event, participant):
            messages.info(request, "; ".join(form.non_field_errors()))
            return _lead_on(request, event, participant)
        return _show(request, event, form, status=409)
    if registration.is_waiting:
        words = _("You are on the waiting list, number %(position)d in line. We write to you.")
        messages.success(request, words % {"position": position_of(registration)})
    elif registration.awaits_guardian:
        words = _("A place is held for you. We write to your parent or guardian: they confirm it.")
        messages.success(request, words)
    else:
        messages.success(
            request, _("You have a place. We have sent you an e-mail with everything.")
        )
    return _lead_on(request, event, participant, registration)


def _sign_in_first(request: HttpRequest, event: EventPage) -> HttpResponse:
    """What was typed is there again when they have signed in."""
    guests.forget(request.session, purpose=_purpose(event))
    messages.info(
        request, _("This address has an account that signs in with two keys. Sign in first.")
    )
    return redirect_to_login(event.sign_up_url)


def _lead_on(
    request: HttpRequest,
    event: EventPage,
    participant: Participant,
    own: Registration | None = None,
) -> HttpResponse:
    """To the event's page with an account, to the place's own page without one."""
    if _kept(event) in request.session:
        del request.session[_kept(event)]
    if request.user.is_authenticated:
        return redirect(event.url_in(active()))
    own = own or event.registrations.filter(participant=participant).first()
    guests.forget(request.session, purpose=_purpose(event))
    if own is None:
        return redirect(event.sign_up_url)
    request.session[_done(event)] = own.code
    return redirect(own.place_url)


def _has_place(event: EventPage, participant: Participant) -> bool:
    return event.registrations.hoping().filter(participant=participant).exists()


def _form(request: HttpRequest, event: EventPage, data: Any = None) -> SignUpForm:
    if request.user.is_authenticated:
        return SignUpForm(data, event=event, home=request.user.city)
    return GuestSignUpForm(data, event=event)


def _show(
    request: HttpRequest,
    event: EventPage,
    form: SignUpForm,
    *,
    status: int = 200,
    is_kept: bool = False,
) -> HttpResponse:
    mark_kind(request, event)
    context = sign_up_context(event, form, request.user)
    context["forget_url"] = ""
    if is_kept and not request.user.is_authenticated:
        context["forget_url"] = reverse("event_sign_up_code", args=(event.slug_in(active()),))
    return render(request, "registrations/sign_up.html", context, status=status)


def _with_query(address: str, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


def _purpose(event: EventPage) -> str:
    return f"{PURPOSE}.{event.pk}"


# What the session keeps ------------------------------------------------------------------


def _keep(request: HttpRequest, event: EventPage, form: SignUpForm) -> None:
    """Keep what somebody typed while they sign in or look for the code."""
    until = (timezone.now() + guests.KEPT_TYPED).timestamp()
    kept = {"typed": form.choices_made(), "until": until}
    if not fits(request.session, _kept(event), kept):
        for name in tuple(request.session.keys()):
            if name.startswith(TYPED):  # of other events, to which nobody has come back
                del request.session[name]
    keep_typed(request, _kept(event), kept)


def _typed_before(request: HttpRequest, event: EventPage) -> dict[str, list[str]]:
    """What was typed here a moment ago; nothing after an hour, for others use the device too."""
    kept = request.session.get(_kept(event), {})
    is_recent = "typed" in kept and kept["until"] > timezone.now().timestamp()
    return kept["typed"] if is_recent else {}


def _as_query(kept: dict[str, list[str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, values in kept.items():
        query.setlist(name, values)
    return query


def _kept(event: EventPage) -> str:
    return f"{TYPED}{event.pk}"


def _done(event: EventPage) -> str:
    return f"registrations.done.{event.pk}"
