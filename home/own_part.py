"""What somebody has of the news, as an ambassador and as a voice of partners: one query for all."""

from typing import Any

from django.db.models import Exists, F

from home.ambassadors.services import attended_by
from home.partners.models import Partner
from home.partners.voices.models import PartnerVoice
from partnership.pages.languages import field_names
from partnership.people.models import Participant

#: What is told of a voice, and of its partner.
OF_VOICE = ("id", "accepted_at", "valid_until")
OF_PARTNER = ("id", "kind", "ends_on", "is_published", *field_names("name"))


def own_part(participant: Participant) -> Participant:
    """Return the person with ``news_wish``, ``ambassador``, ``was_somewhere`` and ``voices``."""
    known = participant.__dict__.get("_own_part_at_home")
    if known is None:
        people = Participant.objects.select_related("news_wish__city", "ambassador__event")
        of_voice = {f"voice_{name}": F(f"partner_voices__{name}") for name in OF_VOICE}
        of_partner = {f"for_{name}": F(f"partner_voices__partner__{name}") for name in OF_PARTNER}
        people = people.annotate(
            **of_voice, **of_partner, was_somewhere=Exists(attended_by(participant))
        )
        # A row for each voice; one where there is none.
        rows: Any = list(people.filter(pk=participant.pk).order_by("partner_voices"))
        known = participant.__dict__["_own_part_at_home"] = rows[0]
        known.voices = [_voice(row) for row in rows if row.voice_id]
    return known


def _voice(row: Any) -> PartnerVoice:
    partner = Partner(**{name: getattr(row, f"for_{name}") for name in OF_PARTNER})
    voice = {name: getattr(row, f"voice_{name}") for name in OF_VOICE}
    return PartnerVoice(partner=partner, **voice)
