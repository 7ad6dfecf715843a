"""The page of answers, and the wish to be told when they are there."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.models import ConsultationPage
from consultations.official.models import AnswerWish
from consultations.official.presenting import answers_context
from consultations.official.services import stop_hearing, wish_to_hear
from consultations.presenting.head import ancestors
from consultations.views import at_own_address, find_consultation, sign_in_first
from partnership.people.models import Participant


@require_safe
def answers_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the cities answered; nothing is there before every city has signed."""
    consultation = find_consultation(slug)
    context = answers_context(consultation, request) if consultation.is_over else None
    if context is None:
        raise Http404
    request.slug_owner = consultation  # for language_links()
    return render(request, "official/answers.html", context)


@at_own_address("hear_url")
def hear(request: HttpRequest, consultation: ConsultationPage) -> HttpResponse:
    """Ask whether to tell the reader when the cities have answered; note it on POST."""
    if request.method == "POST":
        if not request.user.is_authenticated:
            return sign_in_first(request, consultation.hear_url)
        participant = Participant.objects.of(request.user)
        if request.POST.get("wants") == "no":
            stop_hearing(consultation, participant=participant)
            messages.success(request, _("We do not write to you about it."))
        else:
            wish_to_hear(consultation, participant=participant)
            messages.success(request, _("We write to you once, when the cities have answered."))
        return redirect(consultation.get_url(request))
    request.slug_owner = consultation  # for language_links()
    participants = Participant.objects.for_request(request)
    context = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "ancestors": ancestors(consultation, request),
        "next": consultation.hear_url,
        "wish": AnswerWish.objects.filter(
            consultation=consultation, participant__in=participants
        ).first(),
    }
    return render(request, "official/hear.html", context)
