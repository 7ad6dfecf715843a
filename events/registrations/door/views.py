"""The pages at the door: for a phone, with or without scripts, with or without a network."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.models import EventPage
from events.registrations import codes
from events.registrations.door import parties
from events.registrations.door.forms import (
    ArrivalForm,
    FindForm,
    MarkForm,
    UnreadableTicks,
    WalkInForm,
    ticks_in,
)
from events.registrations.door.permissions import CHECKS_IN, clock_of, is_own_city, may_check_in
from events.registrations.door.refusals import (
    AtAnotherEvent,
    UnknownCode,
    refusal_at_the_door,
)
from events.registrations.door.seeking import find, let_in_noted
from events.registrations.door.services import (
    check_in,
    find_at_the_door,
    take_back,
    welcome,
)
from events.registrations.models import Arrival, Registration
from events.registrations.refusals import NotYourCity
from events.registrations.services import enter
from partnership.interface.context import cities, once
from partnership.limits import Limit, TooOften
from partnership.pages.huge_numbers import key_in
from partnership.pages.languages import active, known_or_default
from partnership.pages.redirects import formerly_at
from partnership.pages.views import preferred_language
from partnership.people.second_factor.middleware import of_staff
from partnership.people.tokens import TokenAlreadySpent
from partnership.refusals import Refused

#: What phones send, each up to a hundred ticks.
SENDINGS = Limit("registrations.door.ticks", per_person=400, per_address=2000, seconds=600)
#: The event at whose door this person stands, in their session.
STANDS_AT = "registrations.door"
#: Before its beginning, whoever is entered comes in a moment rather than phones.
AT_HAND = timedelta(hours=6)


# The door of one event ----------------------------------------------------------------------


@of_staff
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is expected and who is in; find a code or a name; one POST lets a group in."""
    event = _event_at(request, slug)
    if event is None:
        return _not_your_city(request)
    if slug != event.slug_in(active()) and request.method != "POST":
        return redirect(door_url(event))
    if request.session.get(STANDS_AT) != event.pk:
        request.session[STANDS_AT] = event.pk
    if request.method == "POST":
        return _act(request, event)
    try:
        found = _sought(request, event)
    except Refused as refusal:
        return _show(request, event, refusal=refusal)
    return redirect("door_place", found.code) if found else _show(request, event)


def _sought(request: HttpRequest, event: EventPage) -> Registration | None:
    """Return the place whose code was typed; None for a name, which the list is narrowed by."""
    typed = request.GET.get("q", "")
    code = codes.tidy(typed)
    has_digit = any(sign.isdigit() for sign in code)
    if not (has_digit or codes.is_well_formed(code)):
        return None
    try:
        return find(request, typed, event=event)
    except UnknownCode:
        if has_digit:
            raise
        return None  # "Carla Tel" happens to be a code that nobody has


def _act(request: HttpRequest, event: EventPage) -> HttpResponse:
    """Let a group in, or take that back; a double click is one click."""
    try:
        if "undo" in request.POST:
            _take_back(request, event)
        else:
            form = MarkForm(request.POST)
            if not form.is_valid():
                raise Http404
            party = find(request, form.cleaned_data["code"], event=event)
            _let_in(request, party, mark=form.cleaned_data["mark"])
    except Refused as refusal:
        return _show(request, event, refusal=refusal)
    return redirect(door_url(event))


def _show(
    request: HttpRequest, event: EventPage, *, refusal: Refused | None = None
) -> HttpResponse:
    request.slug_owner = event  # for language_links()
    form = FindForm(request.GET if request.GET.get("q", "").strip() else None)
    sought = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    headcount = event.registrations.headcount()
    known = once(request, cities)
    shown = parties.shown_at(
        event, known, expected=headcount["expected"], sought="" if refusal else sought
    )
    is_somebody_in = any(party.arrived for party in shown.parties)  # else no hour is told
    context = {
        "event": event,
        "walk_in_url": walk_in_url(event) if event.takes_sign_up else "",
        "list_url": reverse("event_door_list", args=(event.slug_in(active()),)),
        "ticks_url": reverse("event_door_ticks", args=(event.slug_in(active()),)),
        "form": form,
        "sought": sought,
        "refusal": refusal,
        "parties": shown.parties,
        "waiting": parties.waiting_named(event, known, sought) if not refusal else [],
        "zone": clock_of(request, event) if is_somebody_in else event.time_zone,
        "is_whole": shown.is_whole and not sought,
        "has_more": shown.has_more,
        "mark": uuid4(),
        **headcount,
    }
    status = 200 if refusal is None else _status_of(refusal, otherwise=409)
    return render(request, "registrations/door/door.html", context, status=status)


@of_staff
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a place to somebody who has none, and let them in if they are here."""
    event = _event_at(request, slug)
    if event is None:
        return _not_your_city(request)
    request.slug_owner = event  # for language_links()
    form = WalkInForm(request.POST or None, initial={"is_here": _is_at_hand(event)})
    try:
        if form.is_valid() and (party := _welcome(request, event, form)):
            return redirect("door_place", party.code)
    except TokenAlreadySpent:
        return redirect(door_url(event))  # a double click: they are in the list
    context = {"event": event, "door_url": door_url(event), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "registrations/door/walk_in.html", context, status=status)


def _is_at_hand(event: EventPage) -> bool:
    """Whether people may stand at its door now."""
    return event.starts_at - AT_HAND < timezone.now() < event.ends_at


def _welcome(request: HttpRequest, event: EventPage, form: WalkInForm) -> Registration | None:
    """Do what the form says; None, with the reason on the form, when that is refused."""
    told = {**form.cleaned_data, "language_code": active(), "by": request.user}
    is_here, mark = told.pop("is_here"), told.pop("mark")
    party = (
        form.attempt(welcome, event, mark=mark, **told)
        if is_here
        else form.attempt(enter, event, **told)
    )
    if party:
        messages.success(request, _("%(name)s has a place.") % {"name": parties.name_of(party)})
    return party


@of_staff
@never_cache
@login_required
@require_safe
def door_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list to print: only what the door needs, and apart from it who waits."""
    event = _event_at(request, slug)
    if event is None:
        return _not_your_city(request)
    request.slug_owner = event  # for language_links()
    context = {
        "event": event,
        "door_url": door_url(event),
        "parties": parties.parties_at(event, once(request, cities)),
        "waiting": parties.waiting_at(event, once(request, cities)),
        **event.registrations.headcount(),
    }
    return render(request, "registrations/door/list.html", context)


@of_staff
@never_cache
@require_POST
def door_ticks(request: HttpRequest, slug: str) -> JsonResponse:
    """Take what a phone noted without a network; sent again it changes nothing.

    Answers each tick with why not, or with nothing; 401 without a session, 403 at another
    city's event, 400 for what our script does not send, 429 when that comes too often.
    """
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    event = _event_at(request, slug)
    if event is None:
        return JsonResponse({}, status=403)
    try:
        SENDINGS.count(request)
        ticks = ticks_in(request.body)
        refused = let_in_noted(request, event, ticks, by=request.user)
    except TooOften:
        return JsonResponse({}, status=429)
    except UnreadableTicks:
        return JsonResponse({}, status=400)
    outcomes = [
        {"mark": str(tick.mark), "code": tick.code, "refused": str(refusal) if refusal else ""}
        for tick, refusal in zip(ticks, refused, strict=True)
    ]
    return JsonResponse({"outcomes": outcomes, "count": _count_of(event)})


# The page a code leads to ---------------------------------------------------------------------


@never_cache
@require_safe
def door_scan(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the picture, which is in no language, to the reader's: phones open this."""
    known = request.user.language_code if request.user.is_authenticated else None
    language = known or preferred_language(request.headers.get("Accept-Language", ""))
    return redirect(_in_language(code, known_or_default(language)))


@of_staff
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door_place(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whoever stands at the door whether this group comes in; tell others to show it there.

    Without the permission nothing is looked up, so that nobody learns which codes there are.
    """
    if not request.user.has_perm(CHECKS_IN):
        return render(request, "registrations/door/show_it.html", {"code": codes.in_groups(code)})
    try:
        party = find(request, code)
    except Refused as refusal:
        status = _status_of(refusal, otherwise=404)
        return _sentence(request, _("At the door"), refusal, status=status)
    if not is_own_city(request.user, party.event):
        return _not_your_city(request)
    form = ArrivalForm(request.POST if "people" in request.POST else None, party=party)
    try:
        if _act_on(request, party, form):
            return redirect(door_url(party.event))
    except Refused as refusal:
        party = find_at_the_door(code)  # as it is now
        return _show_party(request, party, ArrivalForm(party=party), refusal, status=409)
    status = 422 if form.is_bound else 200
    return _show_party(request, party, form, _why_not(request, party), status=status)


def _act_on(request: HttpRequest, party: Registration, form: ArrivalForm) -> bool:
    """Let in as many as were counted, or take that back; False when there is nothing to do."""
    if "undo" in request.POST:
        _take_back(request, party.event)
        return True
    if not form.is_valid():
        return False
    if refusal := _other_door(request, party):
        raise refusal
    _let_in(request, party, **form.cleaned_data)
    return True


def _show_party(
    request: HttpRequest,
    party: Registration,
    form: ArrivalForm,
    refusal: Refused | None,
    *,
    status: int,
) -> HttpResponse:
    context = {
        **parties.party_context(party),
        "form": form,
        "refusal": refusal,
        "may_come": _why_not(request, party) is None,
        "door_url": door_url(party.event),
        "zone": clock_of(request, party.event),
        "may_give": request.user.has_perm("registrations.manage_places"),
    }
    return render(request, "registrations/door/party.html", context, status=status)


def _why_not(request: HttpRequest, party: Registration) -> Refused | None:
    return _other_door(request, party) or refusal_at_the_door(party)


def _other_door(request: HttpRequest, party: Registration) -> Refused | None:
    """Whoever stands at the door of one event is told that the place is at another."""
    stands_at = request.session.get(STANDS_AT)
    is_other = stands_at is not None and stands_at != party.event_id
    return AtAnotherEvent(party.event) if is_other else None


# What both do ---------------------------------------------------------------------------------


def _let_in(
    request: HttpRequest, party: Registration, *, mark: UUID, people: int | None = None
) -> None:
    now = check_in(party, by=request.user, mark=mark, people=people)
    told = {"name": parties.name_of(now), "arrived": now.arrived, "people": now.party_size}
    if now.missing:
        said: Any = _("%(name)s: %(arrived)d of %(people)d people are in.")
    else:
        said = ngettext(
            "%(name)s is in.", "%(name)s: all %(people)d people are in.", now.party_size
        )
    messages.success(request, said % told)


def _take_back(request: HttpRequest, event: EventPage) -> None:
    found = Arrival.objects.select_related("registration")
    arrival = get_object_or_404(found, pk=key_in(request.POST["undo"]), registration__event=event)
    party = take_back(arrival, by=request.user)
    told = {"name": parties.name_of(party)}
    messages.success(request, _("%(name)s: that was taken back.") % told)


def _event_at(request: HttpRequest, slug: str) -> EventPage | None:
    """Return the event, published or not; None when all there are belong to other cities."""
    if not request.user.has_perm(CHECKS_IN):
        raise PermissionDenied
    found = list(EventPage.objects.at(slug) or formerly_at(EventPage.objects.all(), slug))
    if not found:
        raise Http404
    own = [event for event in found if may_check_in(request.user, event)]
    return min(own, key=lambda event: event.slug_in(active()) != slug, default=None)


def _count_of(event: EventPage) -> str:
    return _("%(inside)d of %(expected)d people are in.") % event.registrations.headcount()


def _status_of(refusal: Refused, *, otherwise: int) -> int:
    return 429 if isinstance(refusal, TooOften) else otherwise


def _not_your_city(request: HttpRequest) -> HttpResponse:
    return _sentence(request, _("You may not open this page"), NotYourCity(), status=403)


def _sentence(request: HttpRequest, title: str, refusal: Refused, *, status: int) -> HttpResponse:
    context = {"title": title, "sentence": str(refusal)}
    return render(request, "registrations/sentence.html", context, status=status)


def door_url(event: EventPage) -> str:
    """The door of the event, in the active language."""
    return reverse("event_door", args=(event.slug_in(active()),))


def walk_in_url(event: EventPage) -> str:
    """Where somebody without a place is entered, in the active language."""
    return reverse("event_door_walk_in", args=(event.slug_in(active()),))


def _in_language(code: str, language: str) -> str:
    with translation.override(language):
        return reverse("door_place", args=(code,))
