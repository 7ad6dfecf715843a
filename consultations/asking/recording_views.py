"""What residents and guests share: the questions there are, and what follows when they count."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from consultations.answers import Given, checked_answers
from consultations.asking.budgets import WITH_PLACES
from consultations.asking.forms import QuestionnaireForm
from consultations.models import ConsultationPage, Question, Response
from consultations.services import answer
from partnership.pages.languages import active
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent

#: The button of whoever wants to go on some other time.
LATER = "later"


def questions_of(consultation: ConsultationPage) -> list[Question]:
    """The questions with their options; 404 where there are none."""
    questions = list(consultation.questions.prefetch_related(*WITH_PLACES))
    if not questions:
        raise Http404
    return questions


def record(
    request: HttpRequest,
    consultation: ConsultationPage,
    form: QuestionnaireForm,
    participant: Participant,
) -> HttpResponse | None:
    """Count the answers and say how they can be looked up; None when they are refused.

    Anonymous ones have no receipt: its code would lie in sessions and logs beside a person.
    """
    try:
        response = form.attempt(
            answer,
            consultation,
            participant=participant,
            answers=form.answers,
            language_code=form.cleaned_data.get("language_code") or active(),
            form_token=form.cleaned_data["form_token"],
            wants_receipt=form.cleaned_data.get("wants_receipt", False),
            voice=form.cleaned_data["voice"],
        )
    except TokenAlreadySpent as refusal:
        if not _is_counted(consultation, participant, form):
            form.ask_again()
            return None
        messages.info(request, str(refusal))
        return redirect(consultation.get_url(request))
    if response is None:
        return None
    _thank(request, consultation, response)
    return redirect(consultation.get_url(request))  # its top, where the thanks are read


def _is_counted(
    consultation: ConsultationPage, participant: Participant, form: QuestionnaireForm
) -> bool:
    """Whether this is what counts already; of anonymous answers nobody can tell."""
    response = consultation.responses.filter(participant=participant).first()
    if response is None:
        return consultation.is_anonymous
    counted = {
        stored.question_id: Given(*(getattr(stored, name) for name in Given._fields))
        for stored in response.answers.all()
    }
    sent = checked_answers(form.questions, form.answers)
    voice = form.cleaned_data["voice"]._asdict()
    return counted == {question.pk: given for question, given in sent.items()} and all(
        getattr(response, name) == value for name, value in voice.items()
    )


def _thank(request: HttpRequest, consultation: ConsultationPage, response: Response) -> None:
    """Say that the answers count, and where that can be looked up."""
    if response.is_anonymous:
        words = _("Thank you. Your answers are counted, and nobody can tell which are yours.")
        messages.success(request, words)
        return
    messages.success(request, _("Thank you. Your answers are counted; you can change them here."))
    receipt = format_html(
        '{} <a href="{}?code={}">{}</a>',
        _("Your receipt:"),
        consultation.receipt_url,
        response.receipt,
        response.receipt,
    )
    messages.info(request, receipt)
