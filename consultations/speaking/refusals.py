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
