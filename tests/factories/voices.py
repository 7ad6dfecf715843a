"""Who speaks for a partner, for tests."""

from typing import Any

from django.utils import timezone

from home.partners.models import Partner
from home.partners.voices.models import PartnerVoice
from partnership.people.models import Participant
from tests.factories.consultations import make_participant
from tests.factories.partners import make_partner


def make_voice(
    partner: Partner | None = None, participant: Participant | None = None, **fields: Any
) -> PartnerVoice:
    """Somebody who has agreed to speak for a school."""
    return PartnerVoice.objects.create(
        partner=partner or make_partner("Quay School", kind="school"),
        participant=participant or make_participant(),
        **{"accepted_at": timezone.now(), **fields},
    )
