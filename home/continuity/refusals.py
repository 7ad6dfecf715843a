"""Why another status is not asked for."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class StatusChangeWaits(Refused):
    """The cities answer one question at a time."""

    code = "status_change_waits"

    def __init__(self) -> None:
        super().__init__(
            _("A change of the status waits for signatures. Call it off first, or wait for them.")
        )


class StandsAlready(Refused):
    """There is nothing to sign."""

    code = "stands_already"
    field = "status"

    def __init__(self) -> None:
        super().__init__(_("This is how the partnership stands already."))


class StatusWithoutReason(Refused):
    """Residents are told why, each in their language."""

    code = "status_without_reason"

    def __init__(self) -> None:
        super().__init__(_("Say in every language why the status changes."))
