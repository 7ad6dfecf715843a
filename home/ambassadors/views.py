"""Readers meet ambassadors and write to them; residents become one, and leave."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from home.ambassadors.forms import AmbassadorForm, GuestQuestionForm, QuestionForm
from home.ambassadors.links import LEAVE
from home.ambassadors.models import Ambassador
from home.ambassadors.services import QUESTIONS, ask, attended_by, leave, volunteer
from partnership.pages.languages import active
from partnership.people.models import Participant
from partnership.people.tokens import TokenAlreadySpent

PER_PAGE = 24


@require_safe
def ambassadors(request: HttpRequest) -> HttpResponse:
    """Show who answers questions, and about what."""
    found = Ambassador.objects.public().select_related("event")
    context = {
        "ancestors": [{"title": _("Home"), "url": f"/{active()}/"}],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "ambassadors/ambassadors.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ambassador_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to an ambassador, who gets it by mail and answers the same way."""
    found = Ambassador.objects.public().select_related("event", "participant__resident")
    ambassador = get_object_or_404(found, pk=pk)
    user = request.user
    form_class = QuestionForm if user.is_authenticated else GuestQuestionForm
    form = form_class(request.POST or None)
    if form.is_valid() and _send(request, ambassador, form):
        return redirect("ambassadors")
    context = {"form": form, "ambassador": ambassador}
    status = 422 if form.is_bound else 200
    return render(request, "ambassadors/ask.html", context, status=status)


def _send(request: HttpRequest, ambassador: Ambassador, form: QuestionForm) -> bool:
    """Whether it was sent, now or before."""
    who: dict[str, Any] = {}
    if request.user.is_authenticated:
        who = {"name": request.user.name, "email": request.user.email, "is_known": True}
    try:
        form.attempt(QUESTIONS.guarding(ask, request), ambassador, **form.cleaned_data, **who)
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return True
    if form.is_valid():
        words = _("%(name)s has your question by mail, and answers the same way.")
        messages.success(request, words % {"name": ambassador.first_name})
    return form.is_valid()


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_ambassador(request: HttpRequest) -> HttpResponse:
    """Become an ambassador, change what is said, or leave at one press."""
    participant = Participant.objects.for_request(request).first()
    if "leave" in request.POST:
        if participant:
            leave(participant)
        messages.success(request, _("You are no ambassador any more. Nothing of it is kept."))
        return redirect("my_participation")
    known = Ambassador.objects.filter(participant=participant).first() if participant else None
    data = request.POST or None
    form = AmbassadorForm(data, participant=participant, initial=_initial(request, known))
    if participant and form.is_valid() and _volunteer(request, participant, form):
        return redirect("my_participation")
    may = attended_by(participant).exists()
    context = {"form": form, "ambassador": known, "may": may}
    status = 422 if form.is_bound else 200
    return render(request, "ambassadors/mine.html", context, status=status)


def _initial(request: HttpRequest, known: Ambassador | None) -> dict[str, Any]:
    if known is None:
        city = request.user.city
        return {"first_name": request.user.get_short_name(), "place": str(city) if city else ""}
    names = ("event", "first_name", "place", "words", "language_code")
    return {name: getattr(known, name) for name in names}


def _volunteer(request: HttpRequest, participant: Participant, form: AmbassadorForm) -> bool:
    """Whether it was noted, now or before."""
    try:
        form.attempt(volunteer, participant, **form.offered())
    except TokenAlreadySpent as refusal:
        messages.info(request, str(refusal))
        return True
    if form.is_valid():
        messages.success(request, _("Thank you. It is shown as soon as somebody has read it."))
    return form.is_valid()


@csrf_exempt  # mail programs post without having been here; the signed address is the proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ambassador_leave(request: HttpRequest, key: str) -> HttpResponse:
    """Ask whether to leave; on POST leave, as the button of a mail program does."""
    participant = LEAVE.person_of(key)
    if participant is None:
        raise Http404
    if request.method == "POST":
        leave(participant)
    has_left = not Ambassador.objects.filter(participant=participant).exists()
    context = {"has_left": has_left, "is_done": request.method == "POST"}
    return render(request, "ambassadors/leave.html", context)
