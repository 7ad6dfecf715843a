"""The screen of whoever chairs: for a phone, one button for each thing that is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.questions.enums import Act
from events.questions.models import LiveQuestion, QuestionTime
from events.questions.permissions import SETTLES, may_chair
from events.questions.presenting import chair_context
from events.questions.services.chairing import act
from events.questions.views.reading import find_time, is_elsewhere
from partnership.interface import context as frame
from partnership.pages.huge_numbers import key_in
from partnership.people.second_factor.middleware import of_staff
from partnership.publication import HidingReason
from partnership.refusals import Refused

CHAIR = "event_questions_chair"


@of_staff
@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chair(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything that was asked; one POST does one thing with one question."""
    time = find_time(request, slug)
    if not may_chair(request.user, time):
        raise Http404
    if request.method == "POST":
        return _act(request, time)
    if is_elsewhere(slug, time):
        return redirect(time.address(CHAIR))
    context = {
        **chair_context(time, frame.once(request, frame.cities)),
        "reasons": HidingReason.choices,
        "list_url": f"{reverse('live_questions:index')}?question_time={time.pk}",
        "settings_url": "",
        "wall_url": time.address("event_questions_wall"),
    }
    if request.user.has_perm(SETTLES):
        context["settings_url"] = reverse("question_times:edit", args=(time.pk,))
    return render(request, "live_questions/chair.html", context)


def _act(request: HttpRequest, time: QuestionTime) -> HttpResponse:
    wanted = request.POST.get("act", "")
    if wanted not in Act.values:
        raise Http404
    key = key_in(request.POST.get("question", ""))
    question: LiveQuestion = get_object_or_404(time.questions, pk=key)
    try:
        act(question, Act(wanted), reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.info(request, str(refusal))
    return redirect(time.address(CHAIR))
