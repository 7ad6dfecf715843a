"""The screen on which somebody of another city decides about appeals."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations.admin.moderators import moderator_of
from consultations.moderation.forms import GIVE_BACK, JudgeForm
from consultations.moderation.models import Appeal
from consultations.moderation.presenting import numbers_for, tabs

PER_PAGE = 20


@require_safe
def appeals(request: HttpRequest) -> HttpResponse:
    """Show the appeals this moderator may decide, the longest wait first."""
    return _show(request)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide one appeal; another city's and one's own decisions do not exist here."""
    appeal = get_object_or_404(Appeal.objects.for_judge(moderator_of(request)).with_words(), pk=pk)
    form = JudgeForm(request.POST, auto_id=f"id_{pk}_%s")
    if form.is_valid() and form.decide(appeal, by=request.user):
        is_back = form.cleaned_data["decision"] == GIVE_BACK
        words = _("It is shown again. The author is told.")
        messages.success(request, words if is_back else _("It stays hidden. The author is told."))
        return redirect("appeals")
    return _show(request, refused=(appeal, form))


def _show(request: HttpRequest, *, refused: tuple[Appeal, JudgeForm] | None = None) -> HttpResponse:
    moderator = moderator_of(request)
    waiting = Appeal.objects.for_judge(moderator).waiting().with_words()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("p"))
    entries = [(appeal, JudgeForm(auto_id=f"id_{appeal.pk}_%s")) for appeal in page]
    if refused is not None:
        entries = [refused, *(entry for entry in entries if entry[0] != refused[0])]
    context = {
        "page": page,
        "entries": entries,
        "tabs": tabs(numbers_for(moderator), here="appeals"),
        "header_title": _("Appeals"),
    }
    status = 200 if refused is None else 422
    return render(request, "moderation/admin/appeals.html", context, status=status)
