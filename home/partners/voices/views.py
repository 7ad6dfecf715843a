"""Whoever was asked to speak for a partner agrees, or ends it, at one press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from home.partners.voices.models import PartnerVoice
from home.partners.voices.services import VoiceGone, accept, end


@login_required
@require_POST
def my_partner_voice(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to speak for the partner, or speak for it no more."""
    own = PartnerVoice.objects.filter(participant__resident=request.user)
    voice = get_object_or_404(own.select_related("partner"), pk=pk)
    told = {"partner": voice.partner}
    try:
        if "accept" in request.POST:
            accept(voice)
            messages.success(request, _("You can speak for %(partner)s now.") % told)
        elif "end" in request.POST:
            end(voice, tells=False)
            messages.success(request, _("You do not speak for %(partner)s.") % told)
    except VoiceGone as refusal:
        messages.info(request, str(refusal))
    return redirect("my_participation")
