"""For whom something is said, as it is stored with every answer, comment and statement."""

from typing import NamedTuple

from consultations.models.voices import LONGEST_ORGANISATION
from consultations.refusals import TextTooLong
from consultations.speaking.refusals import OrganisationKindMissing, OrganisationNameMissing
from partnership.people.enums import OrganisationKind
from partnership.people.text_fields import is_blank

#: What forms and addresses call the two.
MYSELF, ORGANISATION = "myself", "organisation"


class Voice(NamedTuple):
    """The columns of ``SpokenFor``; both empty for oneself."""

    organisation_kind: str = ""
    organisation_name: str = ""


#: Somebody who speaks for nobody else.
ONESELF = Voice()


def checked_voice(voice: Voice) -> dict[str, str]:
    """Return the columns to be stored.

    Raises OrganisationNameMissing, OrganisationKindMissing or TextTooLong.
    """
    kind, name = voice.organisation_kind, voice.organisation_name.strip()
    if not kind and is_blank(name):
        return ONESELF._asdict()
    if kind not in OrganisationKind.values:
        raise OrganisationKindMissing
    if is_blank(name):
        raise OrganisationNameMissing
    if len(name) > LONGEST_ORGANISATION:
        raise TextTooLong(longest=LONGEST_ORGANISATION, field="organisation_name")
    return Voice(kind, name)._asdict()
