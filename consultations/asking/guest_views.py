"""Answering without an account: held until the address is confirmed, then counted."""

from django.http import HttpRequest, HttpResponse

from consultations.asking.forms import GuestQuestionnaireForm
from consultations.asking.recording_views import LATER, questions_of
from consultations.maps.picking import offer
from consultations.maps.questions import maps_of_questions
from consultations.models import ConsultationPage
from consultations.taking_part import purpose_of
from consultations.typed import fill_in_again, put_in
from consultations.views import ask_who, show
from consultations.visiting.forms import told_before
from partnership.people.guest_forms import GUEST_FIELDS


def guest_answers(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the form; ask for the code of the mail once it is filled in, or to be kept."""
    questions = questions_of(consultation)
    maps = maps_of_questions(request, questions)
    given = request.POST if request.method == "POST" and not maps.is_pressed else None
    told = told_before(request, purpose=purpose_of(consultation))
    form = GuestQuestionnaireForm(given, questions=questions, initial=told)
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


def _forgive_what_is_unfinished(form: GuestQuestionnaireForm) -> None:
    """A form to be kept may be wrong; who it is from must be right."""
    for name in [name for name in form.errors if name not in GUEST_FIELDS]:
        del form.errors[name]
