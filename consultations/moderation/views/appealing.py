"""The author's page of an appeal: from their own list, or from the link in the mail."""

from typing import Any

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from consultations.limits import APPEALS
from consultations.models import ConsultationPage
from consultations.moderation.forms import AppealForm
from consultations.moderation.letters import decision_of_link
from consultations.moderation.models import Decision
from consultations.moderation.services.appeals import appeal, refuse_appeal
from consultations.refusals import NotPossibleNow
from consultations.typed import fill_in_again
from consultations.views import sign_in_first
from partnership.pages.languages import active
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent

METHODS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(METHODS)
def appeal_as_author(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever is signed in, about their own words; another's do not exist here."""
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    participant = Participant.objects.for_request(request).first()
    own = Decision.objects.hiding_words_of(participant) if participant else Decision.objects.none()
    decision = get_object_or_404(_with_words(own), pk=pk)
    return _appeal(request, decision, done="my_participation")


@never_cache
@require_http_methods(METHODS)
def appeal_by_link(request: HttpRequest, key: str) -> HttpResponse:
    """For whoever has the mail, with an account or without; it shows on GET, acts on POST."""
    try:
        found = _with_words(Decision.objects.all()).filter(pk=decision_of_link(key))
    except BadSignature as error:
        raise Http404 from error
    return _appeal(request, get_object_or_404(found), done="")


def _with_words(decisions: Any) -> Any:
    return decisions.select_related(
        "consultation", "appeal", "contribution__participant", "statement__participant"
    )


def _appeal(request: HttpRequest, decision: Decision, *, done: str) -> HttpResponse:
    """Show the reason and the form, or what stands against it; keep the appeal on POST."""
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        fill_in_again(request, form)
    try:
        refuse_appeal(decision, decision.target)
    except NotPossibleNow as refusal:
        return _show(request, decision, form, refusal=str(refusal))
    if form.is_bound and form.is_valid():
        try:
            kept = form.attempt(
                APPEALS.guarding(appeal, request),
                decision,
                language_code=active(),
                **form.cleaned_data,
            )
        except TokenAlreadySpent as refusal:
            messages.info(request, str(refusal))
            return redirect(done or request.path)
        if kept:
            messages.success(request, _("Thank you. Somebody of another city looks at it."))
            return redirect(done or decision.consultation.get_url(request))
    return _show(request, decision, form)


def _show(
    request: HttpRequest, decision: Decision, form: AppealForm, *, refusal: str = ""
) -> HttpResponse:
    page: ConsultationPage = decision.consultation
    context = {
        "decision": decision,
        "target": decision.target,
        "consultation": page,
        "form": form,
        "refusal": refusal,
        "is_guest": True,  # the link needs no account
        "url": page.get_url(request),
        "next": request.path,
    }
    status = 422 if form.is_bound else 200
    return render(request, "moderation/appeal.html", context, status=status)
