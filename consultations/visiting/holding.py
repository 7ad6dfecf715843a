"""What guests sent before their address was confirmed: held in their session, counted nowhere."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from consultations.models import ConsultationPage
from consultations.refusals import DraftTooLong
from consultations.taking_part import purpose_of
from consultations.visiting.forms import GuestForm
from partnership.pages.languages import active
from partnership.people import guests
from partnership.people.guest_forms import GUEST_FIELDS
from partnership.people.limits import TooManyCodes, count_code
from partnership.people.text_fields import UNSTORABLE
from partnership.session_room import fits

#: Where the session keeps what is held, and how many of it: votes come one by one.
HELD = "consultations.held"
MOST_HELD = 40
#: The button of a guest who confirms the address before anything is sent.
COME_IN = "come_in"

Held = dict[str, Any]


def hold_and_ask(
    request: HttpRequest, consultation: ConsultationPage, form: GuestForm
) -> HttpResponse | None:
    """Hold what was sent and ask for the code of the mail; None, with the reason, if refused.

    Who has a code already that still works gets no other one, and what they tell about
    themselves now is what counts.
    """
    session, purpose = request.session, purpose_of(consultation)
    details = form.guest_details()
    typed = _typed(request)
    kept, is_gone = _with(request, consultation, typed, details.email)
    if not fits(session, HELD, kept):
        form.add_error(None, str(DraftTooLong()))
        return None
    if guests.asked(session, purpose=purpose) != details.email:
        try:
            count_code(request, details.email)
        except TooManyCodes as refusal:
            form.add_error(None, str(refusal))
            return None
        guests.ask(session, details, purpose=purpose, about=consultation.title)
    else:
        guests.tell_again(session, details, purpose=purpose)
    session[HELD] = kept
    if is_gone:
        messages.warning(
            request, _("What was sent from here for another address was not counted and is gone.")
        )
    return redirect(consultation.guest_url)


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """What was sent, safe to be stored; of who only comes in, who they are and nothing else."""
    names = set(request.POST) - {"csrfmiddlewaretoken"}
    if COME_IN in names:
        names &= {COME_IN, *GUEST_FIELDS}
    return {
        name: [UNSTORABLE.sub("", value) for value in request.POST.getlist(name)]
        for name in request.POST
        if name in names
    }


def _with(
    request: HttpRequest, consultation: ConsultationPage, typed: dict[str, list[str]], email: str
) -> tuple[dict[str, dict[str, Held]], bool]:
    """What is held with what was sent now; the same form, or a vote on the same, replaces itself.

    What was sent for another address is let go of, which is said: it may be somebody else's.
    """
    of = "statement" if "choice" in request.POST else "form_token"
    key = f"{request.path} {request.POST.get(of, '')}"
    before = held(request, consultation)
    kept = {name: entry for name, entry in before.items() if entry["email"] == email}
    is_gone = sent(before) > sent(kept)
    kept.pop(key, None)
    until = (timezone.now() + guests.KEPT_TYPED).timestamp()
    about = {"path": request.path, "language": active(), "email": email, "until": until}
    kept[key] = {**about, "typed": typed}
    latest = dict(list(kept.items())[-MOST_HELD:])
    others = {key: _current(entries) for key, entries in request.session.get(HELD, {}).items()}
    return {**others, str(consultation.pk): latest}, is_gone


def held(request: HttpRequest, consultation: ConsultationPage) -> dict[str, Held]:
    """Return what is held of this browser's guest for an hour, in the order it was sent."""
    return _current(request.session.get(HELD, {}).get(str(consultation.pk), {}))


def _current(kept: dict[str, Held]) -> dict[str, Held]:
    now = timezone.now().timestamp()
    return {name: entry for name, entry in kept.items() if entry.get("until", 0) > now}


def sent(waiting: dict[str, Held]) -> int:
    """How much of it will count; coming in first sends nothing yet."""
    return sum(COME_IN not in entry["typed"] for entry in waiting.values())


def drop(request: HttpRequest, consultation: ConsultationPage) -> None:
    """Hold nothing any more: it is counted, or its guest has left."""
    kept = dict(request.session.get(HELD, {}))
    kept.pop(str(consultation.pk), None)
    request.session[HELD] = kept


def typed_in(entry: Held) -> QueryDict:
    """What was sent, as it came from the browser."""
    sent = QueryDict(mutable=True)
    sent.update(MultiValueDict(entry["typed"]))
    return sent


def send_again(request: HttpRequest, entry: Held) -> HttpResponse:
    """Let the page it was sent to decide about it now, and return what that page answers."""
    path = request.path
    with translation.override(entry["language"]):
        view = resolve(entry["path"])
        request.POST = typed_in(entry)  # type: ignore[assignment]  # as a request has it
        request.path = entry["path"]
        try:
            answer: HttpResponse = view.func(request, *view.args, **view.kwargs)
        finally:
            request.path = path
    return answer
