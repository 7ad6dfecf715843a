"""The mails to whoever speaks for a partner, as ``outbox.post`` takes them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from home.partners.voices.models import PartnerVoice
from partnership.pages.languages import known_or_default

ANCHOR = "partner-voices"


def of_offer(voice: PartnerVoice) -> dict[str, Any]:
    """Whether they want to speak for the partner."""
    return {**_letter("partner_voice_offered", voice), "about": voice}


def of_end(voice: PartnerVoice) -> dict[str, Any]:
    """That they speak for it no more."""
    return _letter("partner_voice_ended", voice)


def _letter(kind: str, voice: PartnerVoice) -> dict[str, Any]:
    person = voice.participant
    code = known_or_default(person.language_code)
    with translation.override(code):
        partner = str(voice.partner)
        url = f"{settings.BASE_URL}{reverse('my_participation')}#{ANCHOR}"
    return {
        "kind": kind,
        "to": person.email,
        "language_code": code,
        "context": {
            "name": person.get_short_name(),
            "partner": partner,
            "until": voice.valid_until,
            "url": url,
        },
    }
