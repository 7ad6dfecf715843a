"""The statements residents propose: translate and publish, hide with a reason, or link."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.admin.moderators import proposals_of, way_back
from consultations.models import Statement
from consultations.moderation.models import ReasonTemplate
from consultations.proposals.forms import HIDE, LINK, PUBLISH, ProposalDecisionForm
from consultations.proposals.similarity import similar_statements
from consultations.querysets import StatementQuerySet

PER_PAGE = 20


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits in the moderator's consultations, the longest wait first."""
    return _show(request, proposals_of(request).for_moderators())


def _show(
    request: HttpRequest, own: StatementQuerySet, *, refused: ProposalDecisionForm | None = None
) -> HttpResponse:
    page = Paginator(own.pending(), PER_PAGE).get_page(request.GET.get("p"))
    shown = list(page.object_list)
    if refused is not None and refused.statement not in shown:
        shown.insert(0, refused.statement)
    context = {
        "page": page,
        "entries": entries_of(shown, refused),
        "here": way_back(request),
        "header_title": _("Proposed statements"),
    }
    status = 200 if refused is None else 422
    return render(request, "consultations/admin/proposals.html", context, status=status)


def entries_of(
    statements: Any, refused: ProposalDecisionForm | None = None
) -> list[dict[str, Any]]:
    """Each proposal with its form and what is there already, asked for once a consultation."""
    asked: dict[int, list[Statement]] = {}
    templates = list(ReasonTemplate.objects.offered()) if statements else []
    entries = []
    for statement in statements:
        page = statement.consultation
        if page.pk not in asked:
            asked[page.pk] = list(page.statements.asked())
        form = ProposalDecisionForm(statement=statement, templates=templates)
        if refused is not None and refused.statement == statement:
            form = refused
        similar = similar_statements(
            asked[page.pk], statement.original_text, language_code=statement.language_code
        )
        form.offer(asked[page.pk], like=similar)
        entries.append({"statement": statement, "form": form, "similar": similar})
    return entries


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, hide or link one proposal and go back to the queue."""
    own = proposals_of(request).for_moderators()
    statement = get_object_or_404(own, pk=pk)
    form = ProposalDecisionForm(request.POST, statement=statement)
    if form.is_valid() and form.decide(by=request.user):
        words = {
            PUBLISH: _("Published. The author is told."),
            HIDE: _("Hidden. The author receives your reason."),
            LINK: _("Linked. The author is told which statement says it."),
        }
        messages.success(request, words[form.cleaned_data["decision"]])
        return redirect(way_back(request))
    if form.cleaned_data.get("seen") != statement.publication_status:
        messages.warning(request, _("Somebody else has decided about this in the meantime."))
        return redirect(way_back(request))
    return _show(request, own, refused=form)


urlpatterns = (
    path("proposals/", queue, name="proposal_queue"),
    path("proposals/<int:pk>/", decide, name="proposal_decision"),
)
