"""The screens of removal for good: one person asks, another one reads again and confirms."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.admin.moderators import (
    contributions_of,
    moderator_of,
    proposals_of,
    way_back,
)
from consultations.moderation.forms import RemovalForm
from consultations.moderation.models import Removal
from consultations.moderation.presenting import numbers_for, tabs
from consultations.moderation.services.removals import (
    ask_for_removal,
    call_off_removal,
    confirm_removal,
)
from partnership.refusals import Refused

PER_PAGE = 20
KINDS: dict[str, Any] = {"comment": contributions_of, "statement": proposals_of}
CONFIRM = "confirm"


@require_safe
def removals(request: HttpRequest) -> HttpResponse:
    """Show what waits for a second person in the moderator's consultations."""
    return _show(request)


def _show(
    request: HttpRequest, *, refused: tuple[int, str] | None = None, status: int = 200
) -> HttpResponse:
    moderator = moderator_of(request)
    waiting = Removal.objects.of_moderator(moderator).waiting().with_words()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "refused": refused,
        "tabs": tabs(numbers_for(moderator), here="removals"),
        "header_title": _("Removal for good"),
    }
    return render(request, "moderation/admin/removals.html", context, status=status)


@require_POST
def ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask a second person; what cannot be asked says why on the screen of removals."""
    target = get_object_or_404(KINDS[kind](request), pk=pk)
    form = RemovalForm(request.POST)
    try:
        reason = request.POST.get("reason", "") if form.is_valid() else ""
        ask_for_removal(target, by=moderator_of(request), reason=reason)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _show(request, status=422)
    messages.success(request, _("A second person has to confirm it. Until then it stays hidden."))
    return redirect(way_back(request))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the words, or leave them hidden."""
    moderator = moderator_of(request)
    removal = get_object_or_404(Removal.objects.of_moderator(moderator).with_words(), pk=pk)
    is_confirmed = request.POST.get("decision") == CONFIRM
    try:
        if is_confirmed:
            confirm_removal(removal, by=moderator, seen=request.POST.get("seen", ""))
        else:
            call_off_removal(removal, by=moderator)
    except Refused as refusal:
        return _show(request, refused=(pk, str(refusal)), status=422)
    words = _("The words are gone for good. What was decided stays in the log.")
    messages.success(request, words if is_confirmed else _("Called off: it stays hidden."))
    return redirect("removals")
