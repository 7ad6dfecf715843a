"""For whom something is said, as it is stored with every answer, comment and statement."""

from typing import Any, NamedTuple

from consultations.models.voices import LONGEST_ORGANISATION
from consultations.refusals import TextTooLong
from consultations.speaking.refusals import (
    OrganisationKindMissing,
    OrganisationNameMissing,
    VoiceNotConfirmed,
)
from home.partners.enums import PartnerKind
from home.partners.models import Partner
from home.partners.voices.models import PartnerVoice
from partnership.people.enums import OrganisationKind
from partnership.people.models import Participant, Resident
from partnership.people.organisations import checked_organisation
from partnership.people.text_fields import is_blank

#: What forms and addresses call the two.
MYSELF, ORGANISATION = "myself", "organisation"


class Voice(NamedTuple):
    """The columns of ``SpokenFor``; all empty for oneself."""

    organisation_kind: str = ""
    organisation_name: str = ""
    is_official: bool = False
    partner: Partner | None = None


#: Somebody who speaks for nobody else.
ONESELF = Voice()
#: As what kind of organisation a partner counts beside all others.
KINDS = {
    PartnerKind.MUNICIPALITY: OrganisationKind.PUBLIC_BODY,
    PartnerKind.REGIONAL_AUTHORITY: OrganisationKind.PUBLIC_BODY,
    PartnerKind.UNIVERSITY: OrganisationKind.SCHOOL,
    PartnerKind.SCHOOL: OrganisationKind.SCHOOL,
    PartnerKind.BUSINESS: OrganisationKind.BUSINESS,
    PartnerKind.FAITH: OrganisationKind.FAITH,
}


def voice_for(partner: Partner) -> Voice:
    """What is stored of whoever speaks for a partner: also what it was called then."""
    kind = KINDS.get(PartnerKind(partner.kind), OrganisationKind.CIVIL_SOCIETY)
    return Voice(kind, str(partner), partner=partner)


def checked_voice(
    voice: Voice, *, speaker: Resident | None = None, is_on_paper: bool = False
) -> dict[str, Any]:
    """Return the columns to be stored.

    For a city hall or another public body only ``speaker`` speaks who works for a city, and what
    is official follows from that alone. What stands on paper is copied as it stands. Raises
    OrganisationNameMissing, OrganisationKindMissing, TextTooLong and what
    ``checked_organisation`` raises.
    """
    kind, name = voice.organisation_kind, voice.organisation_name.strip()
    if not kind and is_blank(name):
        return ONESELF._asdict()
    if kind not in OrganisationKind.values:
        raise OrganisationKindMissing
    needs_no_name = kind == OrganisationKind.CITY_HALL and not is_on_paper
    if is_blank(name) and not needs_no_name:
        raise OrganisationNameMissing
    if len(name) > LONGEST_ORGANISATION:
        raise TextTooLong(longest=LONGEST_ORGANISATION, field="organisation_name")
    if is_on_paper:
        return Voice(kind, name)._asdict()
    return Voice(*checked_organisation(kind, name, person=speaker))._asdict()


def voice_of(participant: Participant, voice: Voice) -> dict[str, Any]:
    """The same for somebody who takes part; their account is asked for only if they name one.

    For a partner speaks who has its voice at that moment: else it raises VoiceNotConfirmed.
    """
    if voice.partner is not None:
        voices = PartnerVoice.objects.speaking().of(participant)
        if not voices.filter(partner=voice.partner).exists():
            raise VoiceNotConfirmed
        return voice_for(voice.partner)._asdict()
    speaker = participant.resident if voice.organisation_kind else None
    return checked_voice(voice, speaker=speaker)
