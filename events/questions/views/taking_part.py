"""Coming in, asking and supporting: from a hall, as a guest, with an account."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from events.questions.forms import AddressForm, AskForm, HallForm
from events.questions.models import LiveQuestion, QuestionTime
from events.questions.presence import (
    ASKING,
    ENTERING,
    MISSES,
    SUPPORTING,
    acting,
    enter_hall,
    is_here,
    leave,
    note_asked,
    person_counted,
    purpose_of,
)
from events.questions.presenting import about, page_context
from events.questions.refusals import AddressOfStaff
from events.questions.services.asking import Asker, ask, support
from events.questions.views.reading import find_time, is_elsewhere
from partnership.cities.models import City
from partnership.interface import context as frame
from partnership.limits import TooOften
from partnership.pages.languages import active
from partnership.people import another_code, guests
from partnership.people.guest_forms import GuestCodeForm
from partnership.people.limits import TooManyCodes, count_code
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent
from partnership.refusals import Refused

COME_IN, CODE = "event_questions_come_in", "event_questions_code"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who is there: by the code on the wall, by an address, or by an account."""
    time = find_time(request, slug)
    if is_elsewhere(slug, time) and request.method != "POST":
        return redirect(_with_query(time.address(COME_IN), request))
    if "leave" in request.POST:
        leave(request, time)
        messages.success(request, _("Done. The next person at this device starts anew."))
        return redirect(time.address())
    if not time.is_open or is_here(request, time):
        return redirect(time.address())
    if "email" in request.POST:
        form = AddressForm(request.POST)
        return _send_code(request, time, form) if form.is_valid() else _show(request, time, form)
    if request.method == "POST":
        return _enter(request, time)
    return _show(request, time)


def _enter(request: HttpRequest, time: QuestionTime) -> HttpResponse:
    cities = frame.once(request, frame.cities)
    form = HallForm(request.POST, time=time, cities=cities)
    try:
        MISSES.count(request)
        if not form.has_error("code"):
            MISSES.take_back(request)
            ENTERING.count(request)
    except TooOften as refusal:
        return _not_now(request, time, refusal)
    if not form.is_valid():
        return _show(request, time, form)
    enter_hall(request, time, form.city)
    return redirect(f"{time.address()}#ask")


def _not_now(request: HttpRequest, time: QuestionTime, refusal: TooOften) -> HttpResponse:
    """Say it, with what was typed, and not whether it was right."""
    messages.warning(request, str(refusal))
    typed = urlencode({"code": request.POST.get("code", "")[:20]})
    return redirect(f"{time.address(COME_IN)}?{typed}")


def _show(request: HttpRequest, time: QuestionTime, form: Any = None) -> HttpResponse:
    """The ways in; what was sent with its errors, the others empty."""
    cities = frame.once(request, frame.cities)
    code = {"code": request.GET.get("code", "")[:20]}
    context = {
        **about(time, cities),
        "hall": form
        if isinstance(form, HallForm)
        else HallForm(time=time, cities=cities, initial=code),
        "guest": form if isinstance(form, AddressForm) else AddressForm(),
        "sent": form,
    }
    status = 422 if form is not None else 200
    return render(request, "live_questions/come_in.html", context, status=status)


def _with_query(address: str, request: HttpRequest) -> str:
    query = request.GET.urlencode()
    return f"{address}?{query}" if query else address


# Guests ----------------------------------------------------------------------------------


def _send_code(request: HttpRequest, time: QuestionTime, form: AddressForm) -> HttpResponse:
    try:
        count_code(request, form.cleaned_data["email"])
    except TooManyCodes as refusal:
        form.add_error(None, str(refusal))
        return _show(request, time, form)
    _ask_address(request, time, form.guest_details())
    return redirect(time.address(CODE))


def _send_another(request: HttpRequest, time: QuestionTime) -> HttpResponse:
    """Send a new code; where that was done too often, the one in the newest mail stays good."""
    told = guests.told(request.session, purpose=purpose_of(time))
    try:
        count_code(request, told["email"])
    except TooManyCodes as refusal:
        messages.warning(request, str(refusal))
    else:
        told["city"] = City.objects.filter(pk=told["city"]).first()
        _ask_address(request, time, guests.GuestDetails(**told, language_code=active()))
        another_code.say_it_was_sent(request)
    return redirect(time.address(CODE))


def _ask_address(request: HttpRequest, time: QuestionTime, told: guests.GuestDetails) -> None:
    guests.ask(request.session, told, purpose=purpose_of(time), about=time.event.title)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def come_in_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code of the mail; with it one can ask and support for half an hour."""
    time = find_time(request, slug)
    email = guests.asked(request.session, purpose=purpose_of(time))
    if not email:
        another_code.say_nothing_waits(request)
        return redirect(time.address(COME_IN))
    if is_elsewhere(slug, time):
        return redirect(time.address(CODE))
    if another_code.is_asked_for(request):
        return _send_another(request, time)
    form = GuestCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _confirm(request, time, form.cleaned_data["code"])
        except guests.WrongCode as refusal:
            form.add_error("code", str(refusal))
        except Refused as refusal:
            messages.info(request, str(refusal))
            return redirect(time.address(COME_IN))
        else:
            return redirect(f"{time.address()}#ask")
    context = {"form": form, "verify_form": form, "email": email, "can_resend": True}
    context["way_back"] = time.address(COME_IN)
    status = 422 if form.is_bound else 200
    return render(request, "live_questions/code.html", context, status=status)


def _confirm(request: HttpRequest, time: QuestionTime, code: str) -> None:
    guest = guests.confirm(request.session, purpose=purpose_of(time), code=code)
    if not Participant.objects.known_by_address().filter(pk=guest.pk).exists():
        leave(request, time)
        raise AddressOfStaff


# Asking and supporting -------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a question; what is refused is shown on the page of the questions."""
    time = find_time(request, slug)
    if request.method != "POST":
        return redirect(f"{time.address()}#ask")
    asker = acting(request, time)
    if asker is None:
        return redirect(time.address(COME_IN))
    form = AskForm(request.POST)
    if form.is_valid() and (done := _ask(request, time, asker, form)):
        return done
    context = page_context(request, time, form)
    return render(request, "live_questions/questions.html", context, status=422)


def _ask(
    request: HttpRequest, time: QuestionTime, asker: Asker, form: AskForm
) -> HttpResponse | None:
    """Where it leads; None, with the reason on the form, when it is refused."""

    def counted(**typed: Any) -> LiveQuestion:
        ASKING.count(request, person=person_counted(asker))
        question = ask(time, asker=asker, **typed)
        note_asked(request, time, question)
        return question

    try:
        question = form.attempt(counted, **form.cleaned_data)
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return redirect(time.address())
    if question is None:
        return None
    if question.is_shown:
        messages.success(request, _("Thank you. Your question is here."))
        return redirect(f"{time.address()}#question-{question.pk}")
    messages.success(request, _("Thank you. Somebody reads it first, then it is shown here."))
    return redirect(time.address())


@never_cache
@require_POST
def support_question(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Support a question, or take that back, and lead back to where it stands."""
    time = find_time(request, slug)
    question = get_object_or_404(time.questions.published(), pk=pk)
    asker = acting(request, time)
    if asker is None:
        return redirect(time.address(COME_IN))
    try:
        SUPPORTING.count(request, person=person_counted(asker))
        support(question, asker=asker, supports=request.POST.get("supports") != "no")
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect(f"{time.address()}#question-{question.pk}")
