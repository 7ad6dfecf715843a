"""Answering without an account: held until the address is confirmed, then counted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from consultations.asking.forms import GuestQuestionnaireForm
from consultations.asking.recording_views import LATER, questions_of
from consultations.maps.picking import offer
from consultations.maps.questions import maps_of_questions
from consultations.models import ConsultationPage
from consultations.taking_part import ADDRESS, gate, purpose_of
from consultations.typed import fill_in_again, put_in
from consultations.views import ask_who, show
from consultations.visiting.forms import GuestForm, of_its_cities, told_before
from consultations.visiting.holding import COME_IN, hold_and_ask
from partnership.people.guest_forms import GUEST_FIELDS

#: In the address, of who has answered elsewhere and wants those answers here.
AGAIN = "again"


def guest_answers(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the form; ask for the code of the mail once it is filled in, or to be kept."""
    if AGAIN in request.GET or COME_IN in request.POST:
        return address_first(request, consultation)
    questions = questions_of(consultation)
    maps = maps_of_questions(request, questions)
    given = request.POST if request.method == "POST" and not maps.is_pressed else None
    told = told_before(request, purpose=purpose_of(consultation))
    form = GuestQuestionnaireForm(given, questions=questions, initial=told)
    of_its_cities(consultation, form)
    if maps.is_pressed:
        put_in(form, dict(request.POST.lists()))
    elif given is None:
        fill_in_again(request, form, consultation)
    else:
        if LATER in given:
            _forgive_what_is_unfinished(form)
        asked = ask_who(request, consultation, form, consultation.answer_url)
        if asked is not None:
            return asked
    offer(maps, form, lead=consultation.lead_city)
    return show(request, consultation, "answer", {"form": form, "next": consultation.answer_url})


def address_first(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Ask a guest who they are, and send them the code that opens the questions.

    Once the address is confirmed, what it has answered stands in the form itself.
    """
    if gate(request, consultation) != ADDRESS:
        return redirect(consultation.answer_url)
    given = request.POST if COME_IN in request.POST else None
    told = told_before(request, purpose=purpose_of(consultation))
    form = of_its_cities(consultation, GuestForm(given, initial=told))
    if given is not None and form.is_valid():
        asked = hold_and_ask(request, consultation, form)
        if asked is not None:
            return asked
    context: dict[str, Any] = {"form": form, "next": consultation.answer_url}
    return show(request, consultation, "answer", {**context, "comes_in_first": True})


def _forgive_what_is_unfinished(form: GuestQuestionnaireForm) -> None:
    """A form to be kept may be wrong; who it is from must be right."""
    for name in [name for name in form.errors if name not in GUEST_FIELDS]:
        del form.errors[name]
