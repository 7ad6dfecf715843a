"""Where residents propose a statement."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.limits import PROPOSALS
from consultations.models import ConsultationPage, Statement
from consultations.proposals.forms import ProposalForm
from consultations.proposals.refusals import SimilarStatements
from consultations.proposals.services import propose_statement
from consultations.proposals.similarity import similar_statements
from consultations.speaking.confirmed import partners_here
from consultations.taking_part import acting, is_known_by_code
from consultations.typed import fill_in_again
from consultations.views import (
    ask_who,
    at_own_address,
    show,
    speaker_of,
)
from consultations.visiting.forms import form_for
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent


@at_own_address("propose_url")
def propose(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the form; on POST what is there already, then keep the proposal."""
    given = request.POST if request.method == "POST" else None
    who = {"speaker": speaker_of(request), "partners": partners_here(request)}
    form = form_for(request, consultation, ProposalForm, given, **who)
    participant = acting(request, consultation) if given is not None else None
    similar: list[Statement] = []
    if not form.is_bound:
        fill_in_again(request, form, consultation)
    elif participant is None:
        asked = ask_who(request, consultation, form, consultation.propose_url)
        if asked is not None:
            return asked
    elif form.is_valid():
        try:
            done = _keep(request, consultation, form, participant)
        except TokenAlreadySpent as refusal:
            if _has_proposed(consultation, participant, form.cleaned_data["text"]):
                messages.info(request, str(refusal))
                return redirect(consultation.get_url(request))
            form.ask_again()
            done = None
        if done:
            messages.success(request, _what_happens(consultation, participant))
            return redirect(consultation.get_url(request))
        similar = _like_it(consultation, form)
    context = {"form": form, "similar": similar, "next": consultation.propose_url}
    return show(request, consultation, "propose", context)


def _what_happens(consultation: ConsultationPage, participant: Participant | None) -> str:
    if participant is not None and is_known_by_code(consultation, participant):
        return _(
            "Thank you. Somebody reads it before others can vote. What became of it is told in "
            "this browser, on the page of your code."
        )
    return _("Thank you. Somebody reads it before others can vote, and we write to you.")


def _has_proposed(consultation: ConsultationPage, participant: Participant, text: str) -> bool:
    own = consultation.statements.filter(participant=participant)
    return any(statement.original_text == text for statement in own)


def _keep(
    request: HttpRequest,
    consultation: ConsultationPage,
    form: ProposalForm,
    participant: Participant | None,
) -> Any:
    service = PROPOSALS.guarding(propose_statement, request)
    return form.attempt(service, consultation, participant=participant, **form.cleaned_data)


def _like_it(consultation: ConsultationPage, form: ProposalForm) -> list[Statement]:
    """What is shown beside the form when it was refused for being much like something."""
    if not form.has_error(SimilarStatements.field):
        return []
    form.ask_about()
    given = form.cleaned_data
    return similar_statements(
        consultation.statements.asked(), given["text"], language_code=given["language_code"]
    )
