"""The page of answers, and the wish to be told when they are there."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.following.people import hears_of
from consultations.models import ConsultationPage
from consultations.official.models import AnswerWish
from consultations.official.presenting import answers_context
from consultations.official.services import stop_hearing, wish_to_hear
from consultations.taking_part import ACCOUNT, participants_here
from consultations.views import ask_who, at_own_address, find_consultation, sign_in_first
from consultations.visiting.forms import GuestForm, form_for
from partnership.people.models import Participant
from partnership.people.querysets import ParticipantQuerySet


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
    given = request.POST if request.method == "POST" else None
    form = form_for(request, consultation, Form, given)
    if given is not None:
        participant = _told_here(request, consultation).first()
        if participant is None and request.user.is_authenticated:
            participant = Participant.objects.of(request.user)
        if participant is not None:
            wants = given.get("wants") != "no"
            return _note_wish(request, consultation, participant, wants=wants)
        if not isinstance(form, GuestForm):
            return sign_in_first(request, consultation.hear_url)
        asked = ask_who(request, consultation, form, consultation.hear_url)
        if asked is not None:
            return asked
    request.slug_owner = consultation  # for language_links()
    here = _told_here(request, consultation).first()
    context = {
        "consultation": consultation,
        "url": consultation.get_url(request),
        "next": consultation.hear_url,
        "form": form,
        "gate": "" if request.user.is_authenticated or here else ACCOUNT,
        "is_guest": isinstance(form, GuestForm),
        **_what_is_told(consultation, here),
    }
    status = 422 if form.is_bound else 200
    return render(request, "official/hear.html", context, status=status)


def _what_is_told(
    consultation: ConsultationPage, participant: Participant | None
) -> dict[str, bool]:
    """Whether this person was told already, is going to be, and for having taken part."""
    if participant is None:
        return {"is_told": False, "hears": False, "took_part": False}
    wish = AnswerWish.objects.filter(consultation=consultation, participant=participant).first()
    took_part = hears_of(participant, consultation)
    return {
        "is_told": wish is not None and wish.told_at is not None,
        "hears": wish is not None or took_part,
        "took_part": took_part,
    }


def _told_here(request: HttpRequest, consultation: ConsultationPage) -> ParticipantQuerySet:
    """Somebody with an address: an account, or a guest who has confirmed theirs."""
    if request.user.is_authenticated or not consultation.takes_guests:
        return Participant.objects.for_request(request)
    return participants_here(request, consultation)


def _note_wish(
    request: HttpRequest, consultation: ConsultationPage, participant: Participant, *, wants: bool
) -> HttpResponse:
    if wants:
        wish_to_hear(consultation, participant=participant)
        messages.success(request, _("We write to you once, when the cities have answered."))
    else:
        stop_hearing(consultation, participant=participant)
        messages.success(request, _("We do not write to you about it."))
    return redirect(consultation.get_url(request))
