"""Taking one's own question back, after a second thought."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.questions.models import LiveQuestion
from events.questions.presence import asked_by
from events.questions.presenting import about
from events.questions.refusals import QuestionTakenUp
from events.questions.services.asking import withdraw
from events.questions.views.reading import find_time, is_elsewhere
from partnership.interface import context as frame


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_question(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether it is meant; on POST delete the question, unless it was taken up."""
    time = find_time(request, slug)
    question: LiveQuestion = get_object_or_404(asked_by(request, time), pk=pk)
    if is_elsewhere(slug, time) and request.method != "POST":
        return redirect(time.address("event_questions_withdraw", pk))
    if question.is_taken_up:
        messages.info(request, str(QuestionTakenUp()))
        return redirect(time.address())
    if request.method == "POST":
        return _withdrawn(request, question, time.address())
    cities = frame.once(request, frame.cities)
    context = {**about(time, cities), "question": question}
    return render(request, "live_questions/withdraw.html", context)


def _withdrawn(request: HttpRequest, question: LiveQuestion, onward: str) -> HttpResponse:
    try:
        withdraw(question)
    except QuestionTakenUp as refusal:  # in the meantime
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Your question is withdrawn. Nothing of it is kept."))
    return redirect(onward)
