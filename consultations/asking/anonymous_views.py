"""Answering anonymously: told before it begins, sent in one go, never looked up again.

Elsewhere what a guest sent is held beside the address until that is confirmed. Here it would
lie beside a name, so a guest confirms the address first and meets the questions afterwards.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.asking.forms import AnonymousQuestionnaireForm
from consultations.asking.guest_views import address_first
from consultations.asking.recording_views import questions_of, record
from consultations.maps.picking import offer
from consultations.maps.questions import maps_of_questions
from consultations.models import AnsweredMark, ConsultationPage
from consultations.taking_part import ADDRESS, acting, gate, participants_here
from consultations.typed import put_in
from consultations.views import show
from consultations.visiting.holding import COME_IN


def anonymous_answers(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the questions with what anonymous means here; count them on POST.

    Nothing of what was typed is ever kept, in no session and in no draft: it would lie beside
    somebody's name. So whoever is signed out meanwhile gets the form back as it was sent.
    """
    if _only_comes_in(request) and gate(request, consultation) == ADDRESS:
        return address_first(request, consultation)
    if COME_IN in request.POST:
        return redirect(consultation.answer_url)
    questions = questions_of(consultation)
    maps = maps_of_questions(request, questions)
    participant = acting(request, consultation) if request.method == "POST" else None
    is_pressed = maps.is_pressed and participant is not None
    given = request.POST if request.method == "POST" and not is_pressed else None
    form = AnonymousQuestionnaireForm(given, questions=questions)
    if is_pressed:
        put_in(form, dict(request.POST.lists()))
    if given is not None and participant is None:
        form.add_error(
            None,
            _(
                "We do not know any more who you are, so this was not counted. We keep nothing of "
                "it: copy what you want to keep from this page, then come in again and answer."
            ),
        )
    elif given is not None and participant is not None and form.is_valid():
        done = record(request, consultation, form, participant)
        if done is not None:
            return done
    offer(maps, form, lead=consultation.lead_city)
    context: dict[str, Any] = {
        "form": form,
        "next": consultation.answer_url,
        "has_answered": _has_answered(request, consultation),
        "is_guest": given is not None,
    }
    return show(request, consultation, "answer", context)


def _only_comes_in(request: HttpRequest) -> bool:
    """Whether nothing was answered with this request that would have to be given back."""
    return request.method != "POST" or COME_IN in request.POST


def _has_answered(request: HttpRequest, consultation: ConsultationPage) -> bool:
    own = participants_here(request, consultation).order_by()
    marks = AnsweredMark.objects.filter(consultation=consultation, participant__in=own)
    return marks.exists()
