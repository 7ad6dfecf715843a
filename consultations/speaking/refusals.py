"""Why an organisation cannot be named like that."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class OrganisationNameMissing(Refused):
    """A kind without a name."""

    code = "organisation_name_missing"
    field = "organisation_name"

    def __init__(self) -> None:
        super().__init__(_("Write the name of the organisation."))


class OrganisationKindMissing(Refused):
    """A name without a kind we know."""

    code = "organisation_kind_missing"
    field = "organisation_kind"

    def __init__(self) -> None:
        super().__init__(_("Choose what kind of organisation it is."))


class SpeakerNotSaid(Refused):
    """An organisation was named by somebody who speaks for themselves."""

    code = "speaker_not_said"
    field = "speaks_for"

    def __init__(self) -> None:
        super().__init__(_("You named an organisation. Say whether you speak for it."))


class VoiceNotConfirmed(Refused):
    """For a partner that does not let this person speak, or no longer."""

    code = "voice_not_confirmed"
    field = "speaks_for"

    def __init__(self) -> None:
        super().__init__(_("You do not speak for this organisation here any more."))


class PartnerConfirmsVoices(Refused):
    """An organisation was typed that confirms who speaks for it; said again, it is kept."""

    code = "partner_confirms_voices"
    field = "organisation_name"

    def __init__(self, name: str) -> None:
        words = _(
            "%(name)s confirms here who speaks for it, and has not confirmed you. You can send"
            " this all the same: readers are told that you say so. Tick the box below, or ask"
            " %(name)s to confirm you."
        )
        super().__init__(words % {"name": name})
