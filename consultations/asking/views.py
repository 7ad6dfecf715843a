"""Answering the questions, looking up a receipt, printing the form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from consultations.asking.anonymous_views import anonymous_answers
from consultations.asking.budgets import priced_choices, rules_in_words
from consultations.asking.forms import QuestionnaireForm
from consultations.asking.guest_views import guest_answers
from consultations.asking.kinds import choices_of
from consultations.asking.reach import condition_in_words
from consultations.asking.recording_views import LATER, questions_of, record
from consultations.asking.services import save_draft
from consultations.maps.picking import offer
from consultations.maps.questions import maps_of_questions
from consultations.models import ConsultationPage, Draft, Response
from consultations.models.responses import CODE_ALPHABET
from consultations.snapshots.reading import latest
from consultations.speaking.confirmed import partners_here
from consultations.taking_part import ADDRESS, acting, gate, participants_here
from consultations.typed import fill_in_again, put_in
from consultations.views import (
    at_own_address,
    come_in_first,
    show,
    speaker_of,
)
from consultations.visiting.holding import COME_IN
from partnership.cities.models import City
from partnership.people.enums import OrganisationKind
from partnership.people.models import Participant


@at_own_address("answer_url")
def answer_questions(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the questions with what was answered or begun; record or keep it on POST."""
    if consultation.is_anonymous:
        return anonymous_answers(request, consultation)
    if gate(request, consultation) == ADDRESS or COME_IN in request.POST:
        return guest_answers(request, consultation)
    questions = questions_of(consultation)
    maps = maps_of_questions(request, questions)
    participant = acting(request, consultation) if request.method == "POST" else None
    if request.method == "POST" and participant is None:
        return come_in_first(request, consultation, consultation.answer_url)
    response = _own(consultation, consultation.responses.prefetch_related("answers"), request)
    given = request.POST if request.method == "POST" and not maps.is_pressed else None
    form = QuestionnaireForm(
        given,
        questions=questions,
        response=response,
        speaker=speaker_of(request),
        partners=partners_here(request),
    )
    context: dict[str, Any] = {"form": form, "response": response, "next": consultation.answer_url}
    if given is None:
        context |= _fill(request, consultation, form, is_pressed=maps.is_pressed)
    done = None
    if given is not None and LATER in given:
        done = _keep_draft(request, consultation, form, participant)
    elif given is not None and form.is_valid() and participant is not None:
        done = record(request, consultation, form, participant)
    if done is not None:
        return done
    offer(maps, form, lead=consultation.lead_city)
    return show(request, consultation, "answer", context)


def _fill(
    request: HttpRequest,
    consultation: ConsultationPage,
    form: QuestionnaireForm,
    *,
    is_pressed: bool,
) -> dict[str, Any]:
    """Put back what was typed before a press on a map; else the draft, or what the session has."""
    if is_pressed:
        put_in(form, dict(request.POST.lists()))
        return {}
    drafts = consultation.drafts.select_related(
        "participant__resident__city", "participant__contact__city"
    )
    draft = _own(consultation, drafts, request)
    told: dict[str, Any] = {"draft": draft}
    if draft is not None:
        put_in(form, draft.typed)
        told["kept_in"] = draft.participant.city or consultation.lead_city
    fill_in_again(request, form, consultation)
    return told


def _own(consultation: ConsultationPage, rows: Any, request: HttpRequest) -> Any:
    """This reader's row of several people's; nobody has none."""
    here = participants_here(request, consultation).order_by()
    return rows.filter(participant__in=here).first()


def _keep_draft(
    request: HttpRequest,
    consultation: ConsultationPage,
    form: QuestionnaireForm,
    participant: Participant | None,
) -> HttpResponse | None:
    """Keep what was typed as it is; None when even that is refused."""
    form.full_clean()
    for name in list(form.errors):
        del form.errors[name]  # an unfinished form may be wrong
    draft: Draft | None = form.attempt(
        save_draft, consultation, participant=participant, typed=form.typed()
    )
    if draft is None:
        return None
    messages.success(request, _("Kept. Come back to go on; nothing is counted until you send it."))
    return redirect(consultation.get_url(request))


@at_own_address("receipt_url")
def receipt(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Say whether the answers with a code are counted; never what they are."""
    typed = request.GET.get("code", "")
    code = "".join(sign for sign in typed.upper() if sign in CODE_ALPHABET)
    told = consultation.responses.filter(is_anonymous=False)
    found: Response | None = told.filter(code=code).first() if code else None
    request.slug_owner = consultation  # for language_links()
    request.form_is_about = {"code": code} if code else {}
    snapshot = latest(consultation) if found else None
    context = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "typed": typed[:20],
        "found": found,
        "answers": found.answers.count() if found else 0,
        "awaits_correction": bool(found and snapshot and found.created_at > snapshot.frozen_at),
    }
    status = 404 if typed and not found else 200
    return render(request, "consultations/receipt.html", context, status=status)


@at_own_address("paper_url")
def paper_form(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the questions to be printed, with the identifiers of the files and the screen."""
    questions = questions_of(consultation)
    request.slug_owner = consultation  # for language_links()
    context = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "cities": City.objects.all(),
        "kinds": OrganisationKind.labels,
        "questions": [
            {
                "question": question,
                "choices": priced_choices(question) if question.is_budget else choices_of(question),
                "rules": rules_in_words(question) if question.is_budget else (),
                "condition": condition_in_words(question, questions),
            }
            for question in questions
        ],
    }
    return render(request, "consultations/paper.html", context)
