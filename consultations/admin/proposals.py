"""The statements residents propose: translate and publish, hide with a reason, or link."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.menu import MenuItem

from consultations.admin.moderation import PERMISSION, ModerationMenuItem
from consultations.models import Statement
from consultations.proposals.forms import HIDE, LINK, PUBLISH, ProposalDecisionForm
from consultations.proposals.similarity import similar_statements
from consultations.querysets import StatementQuerySet
from partnership.people.models import Resident

PER_PAGE = 20


def _proposals_of(request: HttpRequest) -> StatementQuerySet:
    """What this moderator may decide about; nothing without the permission."""
    moderator = request.user
    if not isinstance(moderator, Resident) or not moderator.has_perm(PERMISSION):
        raise PermissionDenied
    proposed = Statement.objects.of_moderator(moderator).exclude(participant=None)
    return proposed.select_related(
        "consultation", "city", "participant__resident", "participant__contact"
    )


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits in the moderator's consultations, the longest wait first."""
    return _show(request, _proposals_of(request))


def _show(
    request: HttpRequest, own: StatementQuerySet, *, refused: ProposalDecisionForm | None = None
) -> HttpResponse:
    page = Paginator(own.pending(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "entries": _entries(page.object_list, refused),
        "header_title": _("Proposed statements"),
    }
    status = 200 if refused is None else 422
    return render(request, "consultations/admin/proposals.html", context, status=status)


def _entries(statements: Any, refused: ProposalDecisionForm | None) -> list[dict[str, Any]]:
    """Each proposal with its form and what is there already, asked for once a consultation."""
    asked: dict[int, list[Statement]] = {}
    entries = []
    for statement in statements:
        page = statement.consultation
        if page.pk not in asked:
            asked[page.pk] = list(page.statements.asked())
        form = ProposalDecisionForm(statement=statement)
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
    own = _proposals_of(request)
    statement = get_object_or_404(own, pk=pk)
    form = ProposalDecisionForm(request.POST, statement=statement)
    if form.is_valid() and form.decide(by=request.user):
        words = {
            PUBLISH: _("Published. The author is told."),
            HIDE: _("Hidden. The author receives your reason."),
            LINK: _("Linked. The author is told which statement says it."),
        }
        messages.success(request, words[form.cleaned_data["decision"]])
        return redirect("proposal_queue")
    if not statement.is_proposed:
        messages.warning(request, _("Somebody else has decided about this in the meantime."))
        return redirect("proposal_queue")
    return _show(request, own, refused=form)


def menu_item() -> MenuItem:
    """The entry of the admin's menu."""
    return ModerationMenuItem(
        gettext_lazy("Proposed statements"),
        reverse("proposal_queue"),
        name="proposed-statements",
        icon_name="openquote",
        order=235,
    )


urlpatterns = (
    path("proposals/", queue, name="proposal_queue"),
    path("proposals/<int:pk>/", decide, name="proposal_decision"),
)
