"""Why another promise is not asked for."""

from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused


class ChangeWaits(Refused):
    """The cities answer one question at a time."""

    code = "change_waits"

    def __init__(self) -> None:
        super().__init__(
            _("A change of this promise waits for signatures. Call it off first, or wait for them.")
        )


class ReasonMissing(Refused):
    """Residents are told why, each in their language."""

    code = "reason_missing"

    def __init__(self) -> None:
        super().__init__(_("Say in every language why the promise changes."))
