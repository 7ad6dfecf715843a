"""Where residents propose a statement."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from consultations.limits import PROPOSALS
from consultations.models import ConsultationPage, Statement
from consultations.proposals.forms import ProposalForm
from consultations.proposals.services import propose_statement
from consultations.proposals.similarity import similar_statements
from consultations.refusals import SimilarStatements
from consultations.taking_part import acting
from consultations.views import at_own_address, come_in_first, fill_in_again, show
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent


@at_own_address("propose_url")
def propose(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Show the form; on POST what is there already, then keep the proposal."""
    participant = acting(request, consultation) if request.method == "POST" else None
    if request.method == "POST" and participant is None:
        return come_in_first(request, consultation, consultation.propose_url)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    similar: list[Statement] = []
    if not form.is_bound:
        fill_in_again(request, form, consultation)
    elif form.is_valid():
        try:
            done = _keep(request, consultation, form, participant)
        except TokenAlreadySpent as refusal:
            messages.info(request, str(refusal))
            return redirect(consultation.get_url(request))
        if done:
            messages.success(
                request,
                _("Thank you. Somebody reads it before others can vote, and we write to you."),
            )
            return redirect(consultation.get_url(request))
        similar = _like_it(consultation, form)
    context = {"form": form, "similar": similar, "next": consultation.propose_url}
    return show(request, consultation, "propose", context)


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
