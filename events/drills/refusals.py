"""Why a tick is not taken."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class AlreadyTicked(Refused):
    """Somebody else was quicker; what they did stands."""

    code = "already_ticked"

    def __init__(self) -> None:
        super().__init__(_("Somebody else has just ticked this. It is done."))


class ChangedMeanwhile(Refused):
    """The tick that should be taken away is not the one on the screen."""

    code = "changed_meanwhile"

    def __init__(self) -> None:
        super().__init__(_("This has changed in the meantime. Look again, please."))
