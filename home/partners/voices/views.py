"""Whoever was asked to speak for a partner agrees, or ends it, at one press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.partners.voices.models import PartnerVoice
from home.partners.voices.services import VoiceGone, accept, end


@login_required
@require_POST
def my_partner_voice(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to speak for the partner, or speak for it no more."""
    try:
        voice = _own(request, pk)
        told = {"partner": voice.partner}
        if "accept" in request.POST:
            accept(voice)
            messages.success(request, _("You can speak for %(partner)s now.") % told)
        elif "end" in request.POST:
            end(voice, tells=False)
            messages.success(request, _("You do not speak for %(partner)s.") % told)
    except VoiceGone as refusal:
        messages.info(request, str(refusal))
    return redirect("my_participation")


def _own(request: HttpRequest, pk: int) -> PartnerVoice:
    """The voice of whoever is signed in; raises VoiceGone where it is nobody's any more."""
    voice = PartnerVoice.objects.select_related("partner", "participant").filter(pk=pk).first()
    if voice is None:
        raise VoiceGone
    if voice.participant.resident_id != request.user.pk:
        raise Http404
    return voice
