"""Typing the code from one's paper, and leaving the device to the next person."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations import taking_part
from consultations.codes.forms import CodeForm
from consultations.codes.services import use_code
from consultations.enums import PublicationStatus
from consultations.limits import CODES
from consultations.models import Admission, ConsultationPage
from consultations.moderation.letters import appeal_address
from consultations.moderation.reading import put_hiding
from consultations.refusals import NotPossibleNow
from consultations.rules import refuse_unless_open
from consultations.views import at_own_address
from partnership.pages.languages import active
from partnership.people.copies import Section, everything_about
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent

HIDDEN = PublicationStatus.HIDDEN
#: The button of whoever lets somebody else to the device.
FINISH = "finish"
#: What is in the address of whoever wants to see what they gave, while this browser knows them.
GIVEN = "given"


@at_own_address("code_url")
def enter_code(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Ask for the code; let its holder in on POST and lead on to where they were."""
    if not consultation.asks_for_codes:
        raise Http404
    if FINISH in request.POST:
        taking_part.forget(request, consultation)
        messages.success(request, _("Done. The next person at this device starts anew."))
        return redirect(consultation.get_url(request))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _let_in(request, consultation, form):
        return redirect(_where_they_were(request, consultation))
    return _show(request, consultation, form)


@require_safe
def lead_from_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the short address on a slip of paper to where its code is typed."""
    shown = ConsultationPage.objects.live().public()
    return redirect(get_object_or_404(shown, id=pk).code_url)


def _let_in(request: HttpRequest, consultation: ConsultationPage, form: CodeForm) -> bool:
    """Whether they are in now, or were by this very form."""
    user = request.user
    participant = Participant.objects.of(user) if user.is_authenticated else None
    sent = {name: form.cleaned_data[name] for name in ("code", "form_token")}
    try:
        admission: Admission | None = form.attempt(
            CODES.guarding(use_code, request), consultation, participant=participant, **sent
        )
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return True
    if admission is None:
        return False
    if participant is None:
        own = form.cleaned_data["is_own_device"]
        taking_part.remember(request, admission, is_own_device=own)
    messages.success(request, _("You take part for %(city)s.") % {"city": admission.city.name})
    return True


def _where_they_were(request: HttpRequest, consultation: ConsultationPage) -> str:
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return str(consultation.get_url(request))


def _given(admission: Admission | None) -> list[Section] | None:
    """What was given under a code so far; the page shows it to holders without an account."""
    if admission is None:
        return None
    return everything_about(admission.participant)


def _not_shown(consultation: ConsultationPage, admission: Admission) -> list[dict[str, Any]]:
    """What was hidden of somebody's words, why, and the way to an appeal that needs no mail."""
    own = admission.participant
    rows = []
    for written in (own.contributions, own.statements):
        hidden = list(written.filter(consultation=consultation, publication_status=HIDDEN))
        put_hiding(hidden)
        rows += [_as_told(thing) for thing in hidden if thing.hiding]
    return rows


def _as_told(thing: Any) -> dict[str, Any]:
    return {
        "text": getattr(thing, "original_text", "") or thing.text,
        "language": thing.language_code,
        "reason": thing.moderation_reason,
        "hiding": thing.hiding,
        "appeal_url": urlsplit(appeal_address(thing.hiding, active())).path,
        "change_url": getattr(thing, "edit_url", ""),
    }


def _show(request: HttpRequest, consultation: ConsultationPage, form: CodeForm) -> HttpResponse:
    request.slug_owner = consultation  # for language_links()
    refusal = ""
    try:
        refuse_unless_open(consultation)
    except NotPossibleNow as error:
        refusal = str(error)
    here = taking_part.participants_here(request, consultation)
    admission = Admission.objects.filter(consultation=consultation, participant__in=here)
    own = admission.select_related("city", "participant").first()
    context: dict[str, Any] = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "refusal": refusal,
        "form": form,
        "admission": own,
        "given": _given(own) if GIVEN in request.GET else None,
        "not_shown": _not_shown(consultation, own) if own else [],
        "next": (request.POST or request.GET).get("next", ""),
        "is_guest": True,  # nobody needs an account for this
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/code.html", context, status=status)
